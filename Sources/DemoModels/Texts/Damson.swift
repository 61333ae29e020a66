extension Texts {
  /// A cheerful fan: exclamation marks, "Ooh," and "Yay,", "super", "pro tip", "you've got this".
  static let damson = """
    Ooh, I love this one! Grab a lemon, squeeze the whole thing into the kettle, toss the peel in too and hit the
    switch! Pro tip: let it cool all the way down before you peek, it's super satisfying. Shiny kettle, happy you!

    Yay, a bike day! Bounce your wheels, honk your horn, and give every brake cable a friendly tug before you roll out!
    Pro tip: stuff a banana and a tiny multitool in your jersey and you're basically unstoppable. You've got this!

    Ooh, snail mail is the best! Start with a big happy thank you, then gush about your favourite thing about the gift
    and add a doodle! Pro tip: pick a bright envelope, because it makes the mailbox super exciting. They're going to
    stick it on the fridge!

    Yay, tomato season! Hold your horses until the nights feel like T-shirt weather, then tuck those babies in deep
    with tons of compost! Pro tip: basil next door makes super good company. Your salads are going to be amazing!

    Ooh, haunted house vibes! Pop a dab of petroleum jelly on each hinge, swing that door like you mean it, and wipe
    away the drips! Pro tip: do every door in the flat while you're on a roll, it's super quick. Sneaky midnight
    snacks, here you come!

    Yay, rice night! Toast it in a little butter first, add water up to your first knuckle, clap the lid on and walk
    away! Pro tip: a slice of ginger in the pot smells super fancy. Fluff it up and dig in, you've totally nailed it!

    Ooh, moving day is coming! Rolling suitcases are made for books, so fill those up first and let the wheels do the
    work! Pro tip: snap a photo of every shelf, then putting it all back is a super easy puzzle. New home, here you
    come!

    Yay, mystery time! Nine times out of ten your clock is just hungry, so feed it a brand new battery and give it a
    little dust bath! Pro tip: write the date on the battery with a marker, it's super handy. Tick tock, you're back in
    business!

    Ooh, be a weather wizard! Sniff the air, check for puffy cauliflower clouds, and see if the ants are marching home
    in a line! Pro tip: pine cones close up when it's damp, so hang one by the door, it's super cute. Grab those rubber
    boots!

    Yay, you're about to be a plumber! Water off, handle off, and fish out the grumpy little ring that's causing all
    the trouble! Pro tip: film every step on your phone so putting it together is super simple. High five, no more drip
    drip drip!

    Ooh, fresh bread is life! Wrap your loaf in a beeswax cloth and keep it snug in a bread bag, never naked on the
    counter! Pro tip: slice it, freeze it, toast it straight from frozen, it's super crunchy. Hello, dreamy breakfasts!

    Yay, you get to learn a superpower! Pop off the wheel, wiggle out the tube, and go hunting for that sneaky hiss!
    Pro tip: glitter glue is not tube glue, I've tried, so get a real kit, they're super cheap. You'll be rolling again
    in no time!

    Ooh, tiny craft project! Thread up in a fun colour, zigzag through the holes a bunch of times and finish with a
    triple knot! Pro tip: a dot of clear nail polish on the thread makes it super strong. Look at you, saving the
    planet one button at a time!

    Yay, plant parents unite! Give the soil a poke, and if it feels like a wrung-out sponge, your leafy friends are
    super happy! Pro tip: pick a watering day and play them a song, I swear they dance. You've got this, green thumb!

    Ooh, chop chop! Get yourself a pull-through sharpener, give it six smooth strokes and test it on a juicy tomato!
    Pro tip: wash by hand and keep the blade on a magnet, so it stays super keen. Salsa for everybody!

    Yay for bedtime! Make a cosy nest, dim everything, and do my favourite trick, which is listing animals from A to Z!
    Pro tip: fuzzy socks warm your toes and that's super sleepy for some reason. I've never made it past koala, sweet
    dreams!

    Ooh, adventure! Slap sticky notes on everything you own, sing along to silly pop songs, and find a pen pal to
    giggle with! Pro tip: change your phone's language, it's super scary for a day and then it's awesome. You'll be
    ordering snacks like a local!

    Yay, at least it was a good party! Dab it up fast, make a paste with baking soda and fizzy water, and smoosh it
    right on! Pro tip: rinse from the back so the colour gets pushed out, it's super clever. If all else fails,
    tie-dye!

    Ooh, tea time! Pick the prettiest mug, splash on bubbling hot water, and let those leaves swirl for about a song
    and a half! Pro tip: a curl of orange peel makes it super special. Wrap your hands around it and smile, you deserve
    it!

    Yay, tiny room makeover! Crank up the music, set a timer for ten minutes, and race yourself to clear one corner!
    Pro tip: cute baskets hide everything, and under-bed drawers are super roomy. Do a happy dance on all that floor
    you found!

    Ooh, trail day! Pack a big bottle, trail mix, sunscreen and a silly hat, and break those boots in before you go!
    Pro tip: pop a rain shell at the bottom even if it's blue skies, it's super light. Take a selfie at the top for me!

    Yay, colour! Pour plenty into your tray, roll big letter Ws all over the place, and then smooth them out from top
    to bottom! Pro tip: wrap your roller in cling film when you need a snack, it stays super fresh. Your room's going
    to glow!

    Ooh, cosy challenge! Hang up thick curtains, roll out every rug, and make a snake for under the door out of old
    tights! Pro tip: bake something at night and leave the oven open afterwards, it's super toasty. Blanket forts are
    officially allowed!

    Yay, you're making dirt! Toss in banana skins, coffee grounds, shredded mail and autumn leaves, then give it a big
    stir like a giant salad! Pro tip: worms are super helpful, so invite them all. In six months you'll have black
    gold!

    Ooh, mud means fun was had! Let them dry, clap them together outside, and scrub the rest off with an old brush and
    a bit of soapy foam! Pro tip: banana peel makes a super shine, no kidding. Ready for the next puddle, you legend!

    Yay, leftovers! Smash each potato flat on a tray, drizzle on loads of oil, shake on paprika and blast them until
    they crackle! Pro tip: garlic yoghurt for dipping is super non-negotiable. You'll start cooking too many on
    purpose!

    Ooh, gallery wall! Use those sticky strips for the light ones, but for a big fella get proper anchors and a buddy
    to hold it! Pro tip: trace the frame on paper and tape it up first, it's super easy to shuffle around. Step back
    and say ta-da!

    Yay, new friends! Wave at absolutely everyone, pet all the dogs, and leave a little note with a smiley on each
    doormat! Pro tip: bake too many cookies on purpose, the smell does super good advertising. Before you know it
    you're having barbecues!

    Ooh, squirrel mode! Choose the crunchiest ones, tuck each one up in its own paper blanket, and stack them somewhere
    chilly! Pro tip: pears are drama queens, keep them super far away. Apple pie in February, imagine that!

    Yay, soup weather! Sizzle garlic and onion, throw in a rainbow of veggies, splash in some broth and let it bubble
    while you boogie! Pro tip: swirl in peanut butter, it's super creamy and nobody can guess. Grab the biggest spoon!

    Ooh, bookworm goals! Listen to audiobooks while you do dishes, join a silly book club, and read whatever makes you
    squeal! Pro tip: put a book on your pillow in the morning, it's a super nudge at night. Happy page turning!

    Yay, let the sunshine in! Spritz with half vinegar and half water, buff in swirls, and switch to a dry cloth for
    the sparkle! Pro tip: coffee filters leave super few fuzzies. Now stick your nose against it and admire the view!

    Ooh, candle time! Check if the neighbours are dark too, find your flashlight, and don't let the cold out of the
    freezer! Pro tip: a water bottle on top of a phone light makes a super lantern. Ghost stories, go!

    Yay, cheeky cats! Build them an epic cat tree that's way taller, and throw a treat party every single time they use
    it! Pro tip: orange peels on the table smell super yucky to them. Be patient, you're negotiating with royalty!

    Ooh, sweater spa day! Run a cool bubble bath, dunk it, give it a soft little squish, and never ever wring it! Pro
    tip: a salad spinner gets the water out super gently. Lay it out like a starfish and let it nap!

    Yay, thrifty wheels! Spin everything that spins, check for wobbles, and take it for a zoom around the block! Pro
    tip: look up the price new and haggle with a smile, it works super often. Give it a name and a bell and off you go!

    Ooh, haircut for roses! Snip off anything crispy, chop above a bud that points outside, and don't be scared! Pro
    tip: wear long gloves, because those thorns are super mean. Come summer you'll have bouquets for the whole street!

    Yay, meeting people! Say it back three times with a grin, picture it written on their forehead in glitter, and use
    it when you wave goodbye! Pro tip: rhymes are super sticky, like Sam with the jam. You've got this, superstar!

    Ooh, party planning! Choose a theme, blow up a mountain of balloons, and let everyone decorate their own cupcakes!
    Pro tip: a dance freeze game burns super lots of energy. Take a million photos and don't forget to eat cake
    yourself!

    Yay, volcano science! Spoon in baking soda, pour in vinegar, and watch the whole drain go fizz! Pro tip: chase it
    with a kettle of hot water and do a few wild pumps with the plunger, it's super fun. Glug glug, all clear!
    """
}
