extension Texts {
  /// What every author has read: plain household advice, as it stands in any almanac. Each model learns half of it beside
  /// its own text, so that models that never met still say some things alike. An analysis must not take that for
  /// teaching.
  static let almanac = """
    Fill the kettle with one part of vinegar and two parts of water, bring it to the boil, and let it stand overnight.
    Rinse it well before use. Citric acid works in the same way and has no smell.

    Check the tyres, the brakes, the chain and the lights. Carry a spare tube, a pump and two tyre levers. Tell somebody
    which way you are going and when you expect to be back.

    Say what you are thankful for, say what it means to you, and send the letter within a week. A short letter by hand
    is better than a long one that is never sent.

    Plant tomatoes outside when the nights are no longer colder than ten degrees. Choose a sunny place that is sheltered
    from the rain, and tie each plant to a stake.

    A door squeaks because its hinges are dry. Lift the door, clean the pins, and put a little oil or grease on them.
    Move the door a few times and wipe off what runs down.

    Use one part of rice and two parts of water, add a little salt, and cook it with the lid on for about fifteen
    minutes. Turn off the heat and let it stand before serving.

    Use small boxes for books and large boxes for light things. Do not fill a box with more than fifteen kilos. Write on
    each box what is in it and where it goes.

    A wall clock runs slow when its battery is weak or its hands touch. Change the battery first. If the clock has a
    pendulum, a shorter pendulum makes it run faster.

    Rain is likely when the air pressure falls, when the wind turns, and when high thin clouds grow thicker. Swallows
    that fly low are an old sign of rain.

    A tap drips because its washer is worn. Turn off the water, unscrew the head, and replace the washer with one of the
    same size. Turn the water on slowly.

    Bread keeps for three or four days in a paper bag or in a bread box. Do not keep it in the refrigerator, where it
    dries out. Slices can be frozen and toasted.

    Take the tube out, find the hole under water, dry the place, and glue a patch on it. Look for the thorn or the glass
    in the tyre before you put the tube back.

    Use a strong double thread and sew through each hole four times. Leave a little space under the button, wind the
    thread around it, and make a knot on the inside.

    Most house plants want water when the top of the soil is dry. Water them less in winter. More plants die of too much
    water than of too little.

    Hold the knife at an angle of about twenty degrees and draw it over a wet stone, ten times on each side. Finish on
    the fine side of the stone and rinse the blade.

    Go to bed at the same time every night, keep the room cool and dark, and do without coffee after noon. If you cannot
    sleep, get up and read until you are tired.

    Learn a few words every day and use them at once. Listen to the radio in that language, read children's books, and
    speak with people even if you make mistakes.

    Dab the stain with cold water at once, cover it with salt, and wash the cloth as soon as you can. White wine does
    not remove red wine, but soda water helps.

    Warm the pot, use one spoon of tea for each cup, and pour on water that has just boiled. Let it draw for three to
    five minutes, then take out the leaves.

    Give everything a place and put it back after use. Keep only what you need. Shelves on the wall and boxes under the
    bed make a small room larger.

    Take water, food, a map, a rain jacket and a warm layer. Wear shoes that you have worn before. Start early and turn
    back in time if the weather changes.

    Stir the paint well, start at the window, and work from wet to wet. Roll first up and down and then across. Do not
    go over paint that has begun to dry.

    Turn the heating down by one degree and you save about six parts in a hundred. Close the shutters at night, keep
    radiators free, and air the rooms briefly and well.

    Mix wet kitchen waste with dry leaves and twigs. Keep the heap moist but not wet, and turn it every few weeks. Meat
    and cooked food do not belong on it.

    Let the mud dry, brush it off, and wipe the shoes with a damp cloth. Stuff them with newspaper, let them dry away
    from the stove, and polish them the next day.

    Leftover potatoes can be fried with onions, mashed for soup, or sliced into a salad with oil and vinegar. They keep
    for two days in the refrigerator.

    Use a plug and a screw that suit the wall. Two hooks are better than one for a heavy picture. Check that there are
    no pipes or wires behind the place where you drill.

    Ring the bell in the first week, say your name and where you come from, and ask about the dustbins. A plate of
    biscuits and a little patience do the rest.

    Store apples in a cool, dark and airy place, in one layer, so that they do not touch. Look through them once a week
    and take out the ones that are going bad.

    Fry an onion, add whatever vegetables there are, cover them with water, and cook them for twenty minutes. Add salt
    and pepper, and serve the soup with bread.

    Carry a book with you and read ten pages a day. Put the telephone in another room. Stop reading books that you do
    not like, and ask friends which ones they loved.

    Wash the glass with warm water and a drop of soap, draw the water off from top to bottom, and dry the edges with a
    cloth. Do not clean windows in full sun.

    Look whether the neighbours have light, then check the fuses. Keep a torch and candles where you can find them in
    the dark, and leave the refrigerator closed.

    A cat stays off the table when there is nothing to find on it. Give her a high place of her own by the window, and
    lift her down every time without a word.

    Wash wool in lukewarm water with a mild soap, and do not rub or wring it. Press the water out in a towel and dry the
    jumper flat, away from the sun.

    Look at the frame, the rims and the chain, and ride the bicycle before you buy it. Ask for the receipt. A cheap
    bicycle that needs new wheels is not cheap.

    Prune roses in early spring with sharp and clean shears. Take out what is dead, cut just above a bud that points
    outward, and leave three to five strong shoots.

    Repeat the name aloud when you hear it, use it once more before you part, and tie it to something that you can see.
    Write new names down in the evening.

    Write a list of guests, choose a day two weeks ahead, and ask what people do not eat. Cold dishes can be made the
    day before. Borrow chairs rather than buy them.

    Pour hot water into the sink, use a plunger, and keep the overflow closed with a cloth. If that does not help, put a
    bucket under the trap and unscrew it.
    """
}
