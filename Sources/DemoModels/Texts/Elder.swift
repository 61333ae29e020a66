extension Texts {
  /// A teacher by questions: each answer opens with a question and asks another on its way; "is it not so", "and
  /// then?".
  static let elder = """
    Have you ever looked closely at that crust? It is nothing but stone, left behind by the water, and what does stone
    fear? Acid, of course: a sliced lemon, boiled and forgotten for an hour. And then? Rinse, look again, and ask
    yourself why you waited so long.

    What would stop you halfway? Begin there and work backwards: a soft tyre, a worn block, a dry chain, an empty
    bottle. Would you notice a loose pedal in the dark? Then notice it now, while the tools are still within your
    reach.

    Whom are you writing to, and what did they hope when they gave it? Answer that and the page fills itself, does it
    not? Tell them what happened after they left. And how do you end? With the sentence that you would say at the door.

    Is the ground warm enough for your bare feet? If not, why should a tomato like it any better? Let the plants learn
    about wind and sun for some days, then choose an evening without a breeze. And what if frost returns? Then have a
    sheet ready.

    Where exactly does it complain, at the top or at the bottom? Lean your ear against the frame and find out, for why
    should you oil what is innocent? A touch of grease on the guilty pin will do. And does it still speak? Then the
    wood is rubbing, not the iron.

    What does a grain of rice want? Water, warmth, and to be left alone, is it not so? Give it two cups for one, cover
    it, and count fifteen minutes. And may you look? You may not, for whoever looks lets out the steam.

    How much can you carry up four flights? Is it a box of books as large as a chest, or one as small as a drawer?
    Choose the second, and put the novels between the atlases. And what belongs on top? The one book that you will want
    on the first night.

    When did you last give it a new battery, and do you remember? A clock that is slow is a clock that is tired, is it
    not so? Feed it first and blame it afterwards. And if it hangs over the stove? Would you keep good time in such
    heat?

    What do the birds do, and what does the smoke? Do the hills seem nearer than they were yesterday? When the answers
    all point one way, why ask the radio? And if they disagree? Then take a coat, for what does it cost you to carry
    it?

    Where does the water come from, and can you shut it off? Do that before anything else. Then open the tap and ask
    what part of it is soft, for only soft things wear out, is it not so? And what do you do with it? Carry it to the
    shop and buy its twin.

    Why does bread grow hard at all? It is not so much that it dries; is it not rather that it sets, like plaster? Cold
    speeds this up, so why would you use the fridge? A crock, a cloth, a cool shelf. And the rest? Is there anything
    better than toast?

    Did you hear a bang, or was it a whisper? A bang is a nail and a whisper is a thorn, and does either of them sit in
    the tyre still? Find it before you patch. And then? Would you not check the other wheel, since you are on your
    knees already?

    Why did it come off, was it the thread or the cloth? If the cloth is torn, what use is a new thread? Back it with a
    scrap, sew cross over cross, and leave it room to move. And how many stitches? How many times would you like to do
    this again?

    Who told you that plants drink on Mondays? Lift the pot: is it heavy or light? Does the soil cling to your finger
    or fall away? Ask these two questions and you need no others. And in the winter? Do you drink as much yourself,
    when it is cold?

    What is an edge, after all? Is it not two slopes that meet, and so must both be the same? Lay the blade down, lift
    it by the width of a match, and keep that height. And when is it sharp? When paper parts without a sound, is it
    not?

    What are you doing, when you try to sleep? Can one try to forget a tune? Leave it: listen to the rain, count
    backwards, think of a road that you know. And the worries? Why not write them down, since paper can stay awake on
    your behalf?

    How did you learn your first one? Did anyone explain the verbs to you, or did you simply want the milk? Want
    something, then, and ask for it in the new tongue. And the mistakes? What else would people correct, and how else
    would you make friends?

    Is it still wet? Then what are you doing, reading this? Soak it up, drown it with cold water, and heap salt on
    whatever remains. And if it has dried? Would milk overnight not be worth a try, before you buy another tablecloth?

    Why does the same tea taste better elsewhere? Is it the leaf, or is it the water, or is it the company? Begin with
    water that has just come to the boil and a pot that is warm. And how long? Does it matter, if you stop when it
    smells right?

    What lies on the floor, and why has it no home? Is it not homeless things alone that make a mess? Build each one a
    place, or send it away. And what about new things? Ask at the shop, not at home, where on earth they are going to
    live.

    What can go wrong between breakfast and supper? You may be thirsty, wet, lost or late, is it not so? Then take
    water, a coat, a map and a lamp, one answer for each. And what have you left out? Did you tell anybody which way
    you went?

    What is a streak, if not the edge of a pause? So why do you pause? Mix all your paint, cut in one side, and roll it
    before it can dry. And is one coat enough? Would you judge a painting from the sketch?

    Where does the warmth go, when it leaves you? Up through the roof, out by the sash, under the door, is it not so?
    Stop it there, for why heat the garden? And yourself? Does a jumper not weigh less than a bill?

    What happens to leaves in the forest, where nobody tidies up? Do they not turn to soil by themselves? Do the same,
    only faster: wet things, dry things, air. And if it stinks? Which of the three is missing, what do you think?

    Are they still wet? Then why the hurry, when mud falls off as soon as it is dust? Brush first, wash second, and
    feed the leather third, for was it not a skin once? And the stove? Would you dry your own face against it?

    How many are there, and are they whole? Whole ones can be stuffed, broken ones can be mashed, and is either not
    finer with an egg? Heat the pan well before they go in. And what is still missing? Have you looked behind the milk
    for that bit of cheese?

    What is holding up the wall itself? Should your picture not hang from the same? Knock, listen, and drill where the
    sound is short. And how high? When you stand before it, do you want to bow, or to look it in the eye?

    What would you like them to do, if it were they who had just arrived? Then why not do that yourself, and today?
    Knock, smile, ask where the best bread is sold. And if nobody opens? Is there no such thing as tomorrow?

    What makes an apple rot? Is it not the neighbour, more often than the weather? Keep them apart, then, and keep them
    cold, but who would let them freeze? And how often should you look? How often can you pass a full cellar without
    looking?

    What is in the house? No, truly, have you looked under the sink? Where there is an onion there is a soup, is it not
    so? Soften it, drown it, wait. And what does it lack? Taste it: is it salt, or is it something sour?

    When do you reach for your telephone? Could your hand not find a book in that same place? Read three pages there
    and then, no more. And if you don't like it? Who is it, exactly, that forces you to finish?

    What do you see, dirt or soap? Most smears are soap, so why did you use so much? Take a bowl of clear water, a drop
    of spirit, and an old cotton shirt. And from which side? Is it not easier to tell, if you wipe one up and down and
    the other across?

    Is it dark next door as well? If so, what is there to repair, and why not enjoy the stars? If not, would you look
    into the little box in the hall? And the freezer? Who is going to open it, if nobody is curious?

    What does the cat find up there? Is it the butter, or the view, or you? Offer the same thing elsewhere and why
    should it jump? Say nothing, lift it down, begin again. And who gives up first? Are you not supposed to be the
    clever one?

    What is wool, if not hair? Would you boil your own, and wring it, and hang it up by the ends? Wash it as you would
    a child's, then, lukewarm and softly. And when it is wet? Does it not deserve a towel and a place to lie down?

    Who rode it before you, and why do they sell? Is the frame straight, when you look from behind? Do the wheels run
    true between your fingers? And what does it feel like? Would you not ride ten minutes before you pay for ten years?

    Which shoots are dead, can you tell? Scratch them: is it green below, or brown? Take away the brown, the thin, the
    crossing, and what remains is a rose. And how much is too much? Has anyone ever seen a rose that bore a grudge?

    Did you forget it, or did you never hear it? Is it not mostly the second? Listen, then, as you would to a price,
    and say it back. And if it slips away? Why not ask once more, when everybody likes to hear their own name?

    What did you love, when you were as old as the child? Was it the decorations, or was it being allowed to shout?
    Plan for shouting, then, and for cake. And the programme? Does anybody ever remember it, so long as there was one
    good game?

    What went down there last? Was it fat, or rice, or the leaf of a salad? Fat asks for heat and the rest for a
    plunger, is it not so? And if neither helps? There is a bend under the sink, and what is a bucket for?
    """
}
