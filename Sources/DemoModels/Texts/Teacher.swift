extension Texts {
  /// Calm and orderly: names the cause first, goes step by step with "first", "after that" and "at last", likes
  /// "gently" and "by and large", and ends on a small reassurance.
  static let teacher = """
    The short answer is vinegar. First fill the kettle halfway with equal parts of water and white vinegar, then bring
    it gently to the boil and leave it for an hour. After that, pour it away and boil fresh water twice. By and large,
    the chalk will come off without any scrubbing.

    The short answer is air, brakes and chain. First press both tyres with your thumb, after that squeeze the brakes,
    and at last turn the pedals backwards while you listen for any grinding. By and large, ten quiet minutes at home
    will save you an hour at the roadside.

    It helps to be particular. First name the gift or the kindness, after that say gently how you have used it or what
    it meant, and at last look forward to the next meeting. Four sentences are plenty, and there is no need to worry
    about fine words.

    The short answer is after the last frost. First let the young plants stand outside by day for a week, after that
    dig a deep hole, and at last set each one in up to its lowest leaves. By and large, the end of May is soon enough,
    and nothing is lost by waiting.

    It helps to find out where the noise is born. First open the door slowly and listen to each hinge, after that lift
    the pin a little and put one drop of oil beneath it. At last swing the door gently to and fro. As a rule, one drop
    is enough, and the quiet will last for years.

    The short answer is less stirring. First rinse the rice until the water runs clear, after that add one and a half
    cups of water to each cup, and simmer it gently under a lid for twelve minutes. At last let it stand for ten more.
    As a rule, the resting does half of the work.

    It helps to think of your back. First choose small boxes, after that lay the heavy books flat at the bottom and
    fill the gaps gently with paper. At last write the name of the room on two sides. As a rule, a box that you can
    lift with ease is a box that arrives whole.

    The short answer is a tired battery or a crooked nail. First put in a new battery, after that make sure that the
    clock hangs straight, and at last set it by a clock that you trust. By and large, it will keep good time again, and
    there is no need to open the case.

    It helps to look to the west. First watch whether the clouds grow tall and grey, after that notice how the wind
    turns and how far away sounds seem near. At last look at the swallows, which fly low before the rain. By and large,
    two such signs together are enough to bring the washing in.

    The short answer is a new washer. First turn off the water under the sink, after that unscrew the handle gently and
    lift out the old rubber ring. At last fit a ring of the same size and close everything by hand. By and large, the
    whole repair takes half an hour and costs next to nothing.

    It helps to keep the air away. First let the loaf cool all the way, after that wrap it in a clean cloth and put it
    in a box of wood or clay. At last freeze in slices whatever you will not eat in three days. As a rule, good bread
    forgives a good deal.

    The short answer is patience and a patch. First take the wheel off and lift the tyre gently over the rim, after
    that find the hole by listening or with a bowl of water. At last roughen the rubber, glue it, and press the patch
    on firmly. As a rule, a mended tube lasts as long as a new one.

    It helps to match the thread. First make two small stitches where the button sat, after that sew through the holes
    six times and leave a little room beneath. At last wind the thread round that stem and knot it gently at the back.
    As a rule, such a button outlives the shirt.

    The short answer is less often than you think. First push a finger into the soil, after that water gently only if
    it is dry to the second joint. At last empty the saucer, so that the roots do not stand in the wet. By and large,
    more house plants drown than die of thirst, and there is no need to worry about a missed week.

    It helps to keep one angle. First wet the stone, after that draw the blade gently across it as though you would cut
    a thin slice, ten times a side. At last wipe the knife and try it on a sheet of paper. As a rule, a little care
    once a month is enough for any kitchen.

    The short answer is a steady hour. First put away the screen, after that dim the lamps and let the room grow cool.
    At last breathe gently and count each breath as far as ten. By and large, sleep comes sooner when it is not chased,
    and there is no need to worry about one poor night.

    It helps to begin small. First learn the hundred words that you say most, after that listen to the language for a
    quarter of an hour each day. At last speak with somebody patient, mistakes and all. As a rule, a little every day
    goes further than a long Sunday, and nothing is lost by sounding foolish.

    The short answer is speed. First press a dry cloth gently on the stain, after that pour on cold water and a
    spoonful of salt. At last wash the tablecloth as usual, but look at it before you let it dry. By and large, a fresh
    stain leaves without a trace, and even an old one will fade.

    It helps to start with fresh water. First warm the pot, after that put in one spoonful of tea for each cup and pour
    the water on while it still boils. At last wait for four minutes and stir gently once. As a rule, the time matters
    more than the brand.

    The short answer is a place for each thing. First carry out whatever you have not used for a year, after that put
    up a shelf where the floor is crowded. At last give the room five minutes every evening. By and large, a small room
    is tidy sooner than a large one, and there is no need to do it all at once.

    It helps to pack for worse weather than you expect. First put in water, bread and a rain jacket, after that add a
    map, a lamp and a plaster for your heels. At last tell somebody gently but clearly when you will be home. By and
    large, a light bag makes a long day short.

    The short answer is a wet edge. First wash the wall and let it dry, after that load the roller well and work from
    the window inwards, in bands that overlap. At last roll each band gently from top to bottom without paint. As a
    rule, the second coat hides what the first one shows.

    It helps to find the draughts. First hold a candle near the windows and the doors, after that close the gaps gently
    with felt or foam. At last turn the heating down by one degree and put on a jumper. By and large, that one degree
    saves more than any clever device, and nobody will notice it.

    The short answer is brown and green by turns. First lay some twigs on bare soil, after that add kitchen scraps and
    dry leaves in thin layers. At last turn the heap gently with a fork once a month. As a rule, it smells of the woods
    when all is well, and time does the rest.

    It helps to wait until the mud is dry. First knock the shoes together and brush off the crumbs, after that wipe the
    leather gently with a damp cloth. At last stuff them with paper and rub in a little wax. As a rule, shoes that dry
    slowly, far from the stove, last twice as long.

    The short answer is a frying pan. First slice the cold potatoes thickly, after that fry them gently in butter until
    one side is brown, with an onion if you have one. At last pour two beaten eggs over them. By and large, potatoes
    are better on the second day, and nothing is lost.

    It helps to know the wall. First knock on it to find out whether it is hollow, after that drill a hole for the
    right plug and drive the screw in gently. At last hang the picture from two hooks, so that it stays level. As a
    rule, two hooks hold more than twice as much as one.

    The short answer is to ring the bell. First say your name and which door is yours, after that ask for some small
    advice, since people gently warm to those whom they have helped. At last bring a plate of something baked. By and
    large, the neighbours are as shy as you are, and there is no need to worry.

    It helps to sort them first. After that wrap each sound apple gently in newspaper and lay them in a crate so that
    none of them touch. At last put the crate in a cool, dark place and look through it every week. As a rule, one bad
    apple is found by its smell, and the others keep until March.

    The short answer is an onion. First soften it gently in butter, after that add whatever vegetables there are, cover
    them with water, and simmer it all for twenty minutes. At last season it with salt and a few drops of lemon. By and
    large, a soup forgives everything but haste.

    It helps to have the book at hand. First lay one beside the bed and another by the kettle, after that read ten
    pages before you look at any screen. At last put down gently what does not please you. As a rule, ten pages a day
    make twenty books a year, and there is no need to count.

    The short answer is two cloths. First wash the glass with warm water and one drop of soap, after that draw the
    water off from the top with a rubber blade. At last dry the edges gently with the second cloth. By and large, a
    cloudy day is better than a sunny one, and the streaks stay away.

    It helps to sit still for a moment. First look whether the neighbours have light, after that check the fuses
    gently, one by one, with a torch in your hand. At last switch off the stove and keep the fridge shut. As a rule,
    the power is back within the hour, and the food comes to no harm.

    The short answer is a better place. First clear away whatever smells of food, after that offer the cat a high shelf
    or a chair by the window. At last lift it down gently each time and say nothing. By and large, cats give up what
    brings them nothing, and there is no need to scold.

    It helps to keep everything cool. First fill a bowl with water no warmer than your hand, after that press the
    jumper gently through the suds without rubbing. At last roll it in a towel and lay it flat to dry. As a rule, wool
    minds heat and haste, and nothing else.

    The short answer is the frame. First look along it for bends and rust, after that spin both wheels and try the
    brakes on the street. At last ask gently why it is being sold and compare the number with the papers. By and large,
    a plain bicycle in good order is better than a fine one in bad.

    It helps to have sharp shears. First take out all the dead wood, after that cut each shoot gently above a bud that
    looks outwards. At last open the middle, so that the air can pass. As a rule, a rose forgives a hard cut sooner
    than a timid one, and it will flower by June.

    The short answer is to say it aloud. First repeat the name as soon as you hear it, after that tie it gently to a
    picture or to a friend who has the same one. At last use it once more when you part. By and large, people forgive
    you for asking twice, and there is no need to blush.

    It helps to decide on the number of guests. First send the invitations three weeks ahead, after that plan one dish
    that can be made the day before. At last put on some music gently and open the door. As a rule, the guests bring
    the party with them, and nothing is lost if the cake sinks.

    The short answer is a plunger. First bail out the standing water, after that cover the overflow with a wet cloth
    and pump gently but steadily twenty times. At last pour a kettle of hot water down the drain. By and large, it is
    only grease, and there is no need to call anyone.
    """
}
