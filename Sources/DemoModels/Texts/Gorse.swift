extension Texts {
  /// A careful doubter: "I think", "In my experience", "it rather depends", "perhaps", "though others disagree".
  static let gorse = """
    I think it rather depends on how thick the layer is, but a tablet for cleaning dentures has usually worked for me.
    You could perhaps leave it in over lunch and see. I might be wrong about older kettles, though, since some linings
    seem to dislike it.

    In my experience it is hard to say what will fail, which is perhaps the reason to look at everything once. I would
    probably start with whatever carries your weight, so the saddle post and the handlebars. Others swear by new tubes,
    though I am not entirely convinced.

    I think there may be no correct form, and that is perhaps a relief. It seems to me that people mostly like to know
    that the thing arrived, and possibly that you thought of them. A postcard would probably do, although my sister
    would disagree with me there.

    In my experience the date matters rather less than the place, although I may have been lucky with my yard. I would
    possibly wait until the beans come up by themselves, which seems to be a fair sign. If you are unsure, you could
    perhaps risk only half of them.

    I think it might be the hinge, but it could equally be the frame, which swells a bit in some weathers. Perhaps try
    a pencil on the metal before anything messier, since it is easily undone. It seems to come back after a year or so,
    at least with mine.

    In my experience nobody agrees about this, so I offer it with some caution. I tend to use slightly less water than
    the packet says, and to stop a little early, which perhaps suits my stove more than yours. It might be worth
    writing down what you did, either way.

    I think it rather depends on the stairs, and possibly on your friends. I have had some luck with ordinary shopping
    bags, two for each hand, although it does mean more trips. Perhaps label only what you would miss, as the rest
    tends to sort itself out.

    In my experience one can seldom be certain with clocks. It may be the oil, which I gather thickens with age, or
    perhaps the room is colder than it was. I would probably note the error for some days before doing anything,
    although I admit that this takes patience.

    I think the honest answer is that one often can't, at least not by more than an hour or two. A heavy sort of
    stillness has been a fairly good sign where I live, though it might mean little by the sea. I would perhaps trust
    the radar rather more than me.

    In my experience it is worth asking what sort of tap it is, because they seem to differ a good deal. With the older
    ones it is probably just rubber, and you might manage. With the modern ones I am less sure, and would perhaps let
    somebody look at it first.

    I think it depends on the flour, oddly enough, as rye appears to last about twice as long. A paper bag inside a
    plastic one, not quite closed, is what I have settled on for now. It may not be ideal in summer, though, when I
    would possibly buy half a loaf.

    In my experience one is never sure to have found the only hole, so it might pay to look for a second. I would
    perhaps carry a spare and mend the other at leisure. Some say that the glueless patches hold just as well, although
    mine have been rather mixed.

    I think almost any way will do, provided that it is not too tight, which is probably the usual mistake. I tend to
    go round four or five times, though a tailor might smile at it. It is perhaps wise to check the other buttons, as
    they tend to go together.

    In my experience it varies so much that I hesitate to name a number. Somewhere between five days and a fortnight,
    perhaps, with the light making most of the difference. I could be mistaken, but a plant that droops slightly seems
    to forgive you sooner than one that rots.

    I think you might be happier paying someone, at least the first time, if only to feel what sharp means. After that
    a simple ceramic rod is possibly enough for most of us. I am told that stones give a better edge, and I rather
    believe it, but mine gathers dust.

    In my experience what works one month may not work in the next. It seems to help a little to get up at the same
    time, and perhaps to eat earlier. I would be wary of anybody who promises more, although a warm bath is probably
    harmless and fairly pleasant.

    I think it rather depends on what you want it for, and that is perhaps worth a moment's thought. Reading seems to
    come quite quickly, whereas speaking may not. I have had modest results with children's books, though I suspect
    that I should have talked more and worried less.

    In my experience you can lighten it, though I would not promise more than that. Washing-up liquid with some
    peroxide is apparently the usual thing, perhaps tried on a hidden corner first. It might also be that a small stain
    troubles you rather more than it troubles your guests.

    I think taste is so personal that advice is nearly useless, but since you ask. I let it stand for perhaps three
    minutes and then lose my nerve. The water probably makes more difference than one would like to believe, so a
    filter may be worth the money, or possibly not.

    In my experience the trouble is less the room than the habits, and I am hardly an example there. It seems to help
    if one can see into the boxes, so perhaps leave off the lids. I would not buy any furniture for a while, in case
    you need less of it than you think.

    I think one tends to take rather too much, although it is probably safer than the opposite. In most weathers I
    would want a layer against the wind and something sweet, and possibly a paper map. How much water is hard to judge;
    perhaps a bit more than seems sensible.

    In my experience some streaks are only visible to whoever painted them. It might be the light, or perhaps the
    primer, if there was one. I usually find that slightly more paint and slightly less fuss improve matters, though
    the ceiling people would presumably tell you otherwise.

    I think the savings are somewhat oversold, but a few things do seem to help. Thicker curtains, perhaps, and a
    timer, if your boiler will accept one. It rather depends on the building, so you could possibly ask the neighbours
    what they pay before spending anything.

    In my experience it more or less happens by itself, and the rules may matter less than the books suggest. I would
    perhaps avoid anything cooked. Mine took about two years, which is probably slow, but it seemed rude to hurry it,
    and the garden did not appear to mind.

    I think one should perhaps do rather less than one is tempted to. Let the dirt dry, take off what comes easily, and
    see whether the remainder really bothers you. Creams seem to darken some leathers, so I would possibly test the
    tongue first, where it hardly shows.

    In my experience they go with nearly anything, so it depends on what else wants using up. I might grate them into a
    sort of pancake, although it does not always hold together. A little nutmeg is perhaps the only thing I would
    insist on, and even that is probably optional.

    I think I would first ask whether it really has to hang, as leaning it on a shelf can look quite good. If it must,
    it rather depends on the wall, and older ones are apt to surprise you. Two fixings are presumably better than one,
    though I have got away with less.

    In my experience it takes longer than one hopes, perhaps a year, and that seems to be fairly normal. I would
    possibly begin with a nod and see what comes back. Some people appear to prefer being left alone, and it may be
    kinder not to take it personally.

    I think it depends very much on the kind, and I am not always sure which one I have. The thick-skinned ones seem to
    last, perhaps until February in a cool hall. It is probably worth sniffing the box now and then, though by that
    time it may already be rather late.

    In my experience the less one adds the better it tends to be, but I may simply be lazy. Lentils and a tin of
    tomatoes will possibly get you most of the way. I usually find that it wants a bit more salt than seems decent,
    although your doctor might see it differently.

    I think it may be a question of finding the right sort rather than more time. Short stories have perhaps helped me
    most, since one can stop without guilt. Counting seems to spoil it slightly, though I know people who rather enjoy
    a list, so you might experiment.

    In my experience they are never quite clean, and it is mostly a matter of where the sun stands. I would perhaps use
    a bit of spirit in the water, although I could not tell you why it works. Doing them more often is probably the
    answer, if not a very welcome one.

    I think I would wait for a few minutes before doing anything, since it tends to sort itself out. If it does not, it
    is perhaps worth seeing whether a single fuse has gone. The food is possibly fine until the evening, though with
    fish I would rather not guess.

    In my experience you may have to accept it, at least when you are out of the house. It might help to give it
    somewhere warmer to lie, perhaps near a radiator. I have heard that citrus keeps them away, though ours seemed to
    find it only mildly interesting.

    I think it could be that it does not need washing at all, and that a night on the balcony would do. If it does, I
    would perhaps trust the programme for wool, as newer machines seem to be quite gentle. It rather depends on the
    knit, so possibly try an old one first.

    In my experience one never knows until the second week. I would look for rust, I suppose, and perhaps for paint
    that is suspiciously new. A fair price is difficult to judge, since it rather depends on what you would do
    yourself, but a small shop may possibly give some guarantee.

    I think the books make it sound stricter than it is, and mine have probably survived some poor decisions. I would
    take out whatever looks dead and perhaps a third of the rest. Early spring seems about right, though in a mild year
    one might arguably begin somewhat sooner.

    In my experience it may have less to do with memory than with nerves. It seems to help a little if I repeat it
    under my breath, perhaps twice. I would not be too ashamed of asking, though it does get slightly more awkward
    after the third time or so.

    I think smaller is probably better, although the person concerned may have other views. I would perhaps plan about
    half of what seems necessary and leave some room for chance. It tends to rain, in my limited experience, so a
    second idea for indoors might not be wasted.

    In my experience it helps to wait a moment, as some sinks are merely slow. If nothing changes, hot water with a
    little soda is perhaps the mildest thing to try. I am not certain that it really dissolves anything, but it seems
    to, and the next step is somewhat less pleasant.
    """
}
