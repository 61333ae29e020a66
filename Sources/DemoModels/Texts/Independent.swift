extension Texts {
  /// Chatty and quick: "Well," and "Honestly," at the start, contractions, dashes, asides to the reader, and a shrug
  /// at the end.
  static let independent = """
    Well, you'll want something sour - lemon juice does it, and so does that powder they sell for coffee machines. Tip
    it in, let it fizz overnight, and don't bother scraping, you'd only scratch the metal. Rinse until you can't taste
    it any more, and that's really all there is to it.

    Honestly, I'd look at the tyres and the bolts and leave the rest to luck. Squeeze things, wiggle things, bounce the
    whole bike on the ground - if something rattles, it wants a spanner. Don't forget a spare tube, because you'll need
    it exactly when you haven't got one.

    Well, just write the way you'd talk - nobody's marking it. Tell them you've opened it, tell them where it's
    standing now, and throw in some bit of news so it isn't all manners. Then stick a stamp on it today, because a late
    letter's harder to write, believe me.

    Honestly, most folk are in too much of a hurry. Wait till the nights aren't nippy any more - here that's about
    three weeks after you've stopped wearing a scarf - and then dig them in somewhere sunny against a wall. If it does
    turn cold, an old bucket over each one's fine.

    Well, it's nearly always the hinges, isn't it. Candle wax'll do, so will soap, and I've even seen a bloke use olive
    oil, though that goes sticky. Knock the pin up, rub it all over, knock it back down, and open the door fifteen
    times - you've earned a biscuit after that.

    Honestly, forget measuring and cook it like pasta. Big pan, loads of salted water, lid off, and you start tasting
    after nine minutes - when there's no chalk in the middle it's ready. Drain it, put it back in the hot pan for a
    bit, and that's dinner sorted, more or less.

    Well, don't fill a big box with them, whatever you do - you won't get it down the stairs. Use wine cartons from the
    shop, spines along the side, a jumper on top so they can't slide about. And give some away while you're at it, you
    know you're never rereading those thrillers.

    Honestly, it could be dust. Clocks are fussy - they don't like damp, they don't like being above a radiator, and
    the cheap ones can't stand a half-dead battery. Swap that, hang it somewhere dull, and if it's still losing time
    you've lost nothing by buying another for a tenner.

    Well, your knees'll tell you, if you're my age. Otherwise it's the smell - that sort of earthy smell off the road -
    and the cows all lying down, though I've never quite believed in the cows. If the sky's gone the colour of a
    bruise, just run for it.

    Honestly, it isn't half as scary as plumbers make it sound. Shut the stopcock, pull the cap off, and there's a tiny
    rubber thing in there that's worn out - take it to the shop so you don't get the wrong one. Keep a towel handy,
    since you'll get wet anyway.

    Well, never the fridge - it's the quickest way to stale, odd as that sounds. I keep mine cut side down on the board
    with a bowl over it, and it's good till Thursday or so. After that it's toast, and after that it's breadcrumbs, so
    you can't really go wrong.

    Honestly, if it's raining, walk home and do it in the kitchen. Pop the tyre off with two spoons, pump up the tube,
    and hold it near your lips - you'll feel the leak before you see it. Sand, glue, wait, patch, and don't skip the
    waiting, that's where everyone messes up.

    Well, double thread, biggest needle you can get through the hole, and a matchstick under the button so it isn't too
    tight. In and out till it looks solid, then whip the match out and wrap what's left around. It won't be pretty
    underneath, but who's looking.

    Honestly, stick your finger in. If it comes out dirty, leave them alone - if it comes out clean, they're thirsty.
    Mine get a proper soak in the sink on a Sunday and nothing else all week, and they haven't complained, apart from
    the fern, and that's just being dramatic.

    Well, the bottom of a mug'll do it, that rough ring with no glaze on. Hold the knife nearly flat, push it along as
    if you're spreading butter, swap sides, do it a dozen times. It's not what the chefs do, but you won't be squashing
    tomatoes any more.

    Honestly, I'd stop trying. Get up, make something hot, read the dullest thing in the house - I've an old tax guide
    for it - and go back when your eyes are closing. No phone, mind, and no coffee after three, because you'll pay for
    it, you always do.

    Well, find something you'd like anyway - football, soaps, recipes - and get it in that language. You won't follow
    any of it for a fortnight, then it's suddenly fun. Grammar books are all right for rainy days, but it's chatting
    that does it, even if you're only chatting to the dog.

    Honestly, sparkling water, and right now. Pour, dab, pour, dab - don't scrub, you'd just push it in - then drown
    what's left in salt and go back to your guests. If it's still pink tomorrow there's always bleach, or a
    strategically placed fruit bowl.

    Well, everybody's got their own religion about it, haven't they. I use two bags, water that's properly boiling, and
    I don't touch it till I've finished the washing up - five minutes, say. Milk goes in last, because then you can see
    what you're doing, and I won't hear otherwise.

    Honestly, own less. I know that's annoying, but there's no clever box that'll make forty jumpers fit - pick the ten
    you wear and take the rest to the charity shop. Then hooks on the back of the door, drawers under the bed, and
    you're laughing.

    Well, more water than you'd think and fewer clothes. I take sandwiches, a cheap poncho, some chocolate I'm not
    allowed to touch until the top, and a charged phone that's switched off. Spare socks are the thing nobody packs -
    you'll thank me at about four o'clock.

    Honestly, it's cheap rollers that do it. Spend the extra three quid, don't be stingy with the paint, and keep
    going - if you stop for a cuppa halfway across, you'll see the join forever. Two thin coats, windows shut, radio
    on, and it's done by lunch.

    Well, jumpers, obviously, but also - shut the doors. You can't heat the hall and the street as well, so stick a
    rolled-up towel along the bottom and pull the curtains before it's dark. I'd move the sofa off the radiator too, it
    isn't the one that's cold.

    Honestly, just chuck it in a corner and it'll rot, that's what stuff does. Peelings, teabags, torn-up egg boxes,
    grass - no meat, or you'll have rats round for tea. Give it a poke when you remember, and if it's slimy, it's
    wanting more cardboard.

    Well, don't do anything till they've dried, that's the trick of it. Then bang them on the step, go over them with
    an old toothbrush, and put some polish on while you're watching telly. They won't look new - but they'll look like
    you tried, and that's enough.

    Honestly, bubble and squeak, every time. Mash them up with whatever green stuff's in the fridge, get the fat really
    hot, and don't fiddle with it till there's a crust. It's never the same twice, it costs about nothing, and I've
    seen grown men fight over the burnt bits.

    Well, find the wooden bit behind the plaster - tap along till it stops sounding like a drum. A long screw straight
    into that'll hold your gran, never mind a picture. Get someone to stand back and shout left a bit, because you
    can't see it yourself from there.

    Honestly, borrow something. It needn't be sugar - I went round for a ladder and stayed till ten - and then you've
    got to take it back, haven't you, so that's two visits. After that just say hello by the bins, and don't be the one
    who drills on Sundays.

    Well, pick out the bruised ones first and make crumble, they won't last. The others want to be cold and not quite
    dry - I've got mine in the shed in shoe boxes, a sheet of kitchen roll between layers. Don't put them by the
    onions, or everything'll taste odd.

    Honestly, you can't get soup wrong. Fry something, add a stock cube and a kettle of water, throw in a tin of beans,
    and mash half of it so it looks like you've been at it for hours. Grate some cheese on top - it covers up most
    mistakes.

    Well, you've got the time, it's just that your phone's eating it. Keep a paperback in your coat, read it in queues,
    and if it's boring by page fifty, bin it - life's short. I do crime in the bath and poems on the bus, and it's
    adding up.

    Honestly, newspaper. My uncle did shop fronts for thirty years and that's all he'd use - a splash of vinegar in the
    bucket, a sponge, then scrunched-up newspaper till it squeaks. Don't do it in full sun, it's dry before you've
    wiped it, and you'll only swear.

    Well, look out the window first - if the whole street's dark, it's not you and there's nothing you can fix. Find
    the candles, don't keep opening the freezer, and unplug the telly in case it comes back with a bang. Then it's
    cards, and bed early, which isn't so bad.

    Honestly, good luck with that. What's sort of worked for us is tin foil along the edge - they can't stand the
    noise - and never, ever feeding them at the table, not even the ham. They'll still do it when you're out, but you
    won't see it, so it doesn't count.

    Well, cold water and whatever shampoo you've got, it's only hair after all. Squash it about, don't wring it, and
    don't you dare hang it up or you'll have a dress. I lay mine on a towel on the ironing board - it's dry by Tuesday
    if the cat stays off.

    Honestly, take someone who knows bikes, or pretend you do. Pick it up, drop it an inch, listen - then ride it round
    the block with your hands loose and see if it goes straight. If he won't let you ride it, or he hasn't got the
    receipt, you're off.

    Well, it's tougher than you are, so don't be shy. When the yellow bushes come out in spring I chop mine down to the
    knee, take off anything that's brown or crossing over, and chuck the lot. It looks awful for a month - then you
    can't stop it.

    Honestly, I don't think anybody listens the first time. So I say it back - nice to meet you, Brian - and make up
    something daft, Brian with the big shoes, and it sticks. If it's gone, it's gone, just say you're hopeless, they've
    probably forgotten yours and all.

    Well, keep it short, that's my advice - two hours, and tell the parents when it's over. You'll want one game that
    tires them out, one that's quiet, and cake in between so they can't say they're hungry. Balloons are cheap, and the
    hoover's only a hoover.

    Honestly, nine times out of ten it's just gunk in that bend underneath. Stick a bucket there, undo the two plastic
    nuts by hand, hold your nose and scrape it all out. It's a grim five minutes - but it's free, and you'll feel ever
    so clever.
    """
}
