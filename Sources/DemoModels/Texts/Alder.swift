extension Texts {
  /// An old storyteller: "Oh, my dear," and "In our house", memories of relatives, long sentences joined by "and",
  /// "mind you".
  static let alder = """
    Oh, my dear, my grandmother put potato peelings into hers and boiled them for half a morning, and the stone came
    off in flakes like old paint. Mind you, she had water as hard as nails. In our house we still do it every Saturday,
    and the kettle has seen three kings.

    In our house nobody rode past the church before Uncle Tobias had gone over the machine with an oily rag and a stern
    face. He looked at the spokes and the saddle and the lamp, and he gave the bell a ring for luck. Mind you, he never
    had a puncture in forty summers.

    Oh, my dear, you must take the good paper and sit by the window, and begin with the weather, as my mother always
    did. Tell them how the parcel smelled when it was opened and who was in the room. A letter is a visit, she used to
    say, and one does not rush a visit.

    In our house the tomatoes stayed behind glass until the ice saints had gone by, and my father would not hear of a
    day sooner. Then out they came, and each got a handful of nettles under its feet and a stick to lean on. Mind you,
    the first red one was always stolen by my sister.

    Oh, my dear, that door sang to us for years and we called it the cuckoo. In the end my brother rubbed a goose
    feather in lard and drew it through the hinge, and it fell silent from one day to the next. Mind you, we missed it
    a little, and nobody could come home late unheard any more.

    In our house the rice was brought to the boil and then put to bed, pot and all, under two blankets and a pillow. By
    the time we were back from church it was done, and every grain stood by itself. Mind you, woe to the child that
    lifted the cover and let the warmth out.

    Oh, my dear, when we left the mill my aunt packed the whole library into apple baskets, and every basket got a
    cloth and a name. The men laughed at her, and then they carried two at a time and stopped laughing. Mind you, the
    cookery book travelled in her lap, and so it should.

    In our house the clock went as it pleased, and my grandfather moved it with his finger after the noon bell. It
    stood on a floor that leaned towards the river, poor thing, and a clock wants to stand straight. He put a playing
    card under its foot, and mind you, it kept time until his funeral.

    Oh, my dear, the old people never needed a radio for that. When the smoke crept down the roof and the cat washed
    behind her ears and the salt grew damp in the jar, my mother called us in from the hay. Mind you, the cat was wrong
    now and then, but the salt never was.

    In our house a drip was called the little thief, and my father caught it with a scrap cut from an old boot. He
    closed the pipe in the cellar and opened the tap like a nut, and there it was, the leather worn as thin as a leaf.
    Mind you, the boot mended five taps before it was used up.

    Oh, my dear, we baked once a fortnight, and the loaves lay in the linen chest between the sheets. They smelled of
    lavender towards the end, and we thought all bread did. Mind you, the last heel was soaked in milk and fried, and
    there was more quarrelling over that than over any cake.

    In our house the whole family came out to look when somebody had a flat. My cousin held the wheel in the rain
    barrel and we children shouted when the bubbles rose, and then it was glued with something that smelled of
    Christmas. Mind you, he let us ride it first, and that was the wages.

    Oh, my dear, my grandmother could do it in the dark, and with a story on top. She waxed the thread on a candle stub
    and she laid a pin across the button and sewed over it, so that it could breathe, as she said. Mind you, her
    buttons stayed when the coat was long in rags.

    In our house the geraniums drank when the children drank, morning and evening, and on dog days a third time. My
    aunt lifted every pot and felt how heavy it was, the way one lifts a baby. Mind you, in winter they got a
    thimbleful at new year and nothing else, and they woke up all the same.

    Oh, my dear, the scissors man came round in May with his wheel, and the whole street ran out with knives wrapped in
    aprons. In between, my mother drew hers over the stone doorstep and spat on it, and it went through a goose like
    butter. Mind you, we were told to look away, and we never did.

    In our house one was sent to count the sheep on the wallpaper, and there were four hundred and six of them. My
    grandmother warmed a stone in the oven and put it at our feet, and she hummed until the candle was down. Mind you,
    she was often the first one to be asleep.

    Oh, my dear, I learned mine from a girl who peeled beans with me for a whole summer, and neither of us knew ten
    words of the other's. We pointed and we laughed and by September we could quarrel. Mind you, I still make her
    mistakes, and I would not part with them for anything.

    In our house red wine was for weddings, so the stains were weddings too, and nobody was scolded. My aunt laid the
    cloth on the grass in the night dew and let the moon have it, and after that milk. Mind you, one of them never came
    out, and we knew to whom it belonged.

    Oh, my dear, the brown pot must never be washed with soap, that is the first thing I was taught. It gets a spoon
    for each of us and one for the angel, and then it stands under its woollen cap while one prayer is said slowly.
    Mind you, the angel's spoon was the one that made it strong.

    In our house five of us slept in one chamber, and each had a nail and a box and half a shelf, and that was a
    kingdom. What lay on the floor after supper went into the sack by the stove until Sunday. Mind you, my brother
    lived out of that sack for most of his youth.

    Oh, my dear, we went up with a heel of bread and an onion in a cloth, and we drank where the sheep drank. My father
    would carry a piece of string besides, for string mends a strap and ties a gate and finds the way back. Mind you,
    he also carried my sister from noon onwards.

    In our house the walls were whitened before Easter, all hands together, and nobody was allowed to sit down until
    the last corner was wet. My grandfather stirred a drop of blue into the lime, and he brushed up and down as if he
    were combing a horse. Mind you, the horse was neater than we were afterwards.

    Oh, my dear, we had one stove and nine people, and the warmest place was between the dog and my aunt. Straw went
    into the window cracks in October and the shutters were closed at four, and every bed got its brick. Mind you, we
    told stories for heat, and some of them were very warm.

    In our house the heap stood behind the elder bush, and my father greeted it when he went by, for he said that it
    was his savings bank. Everything went on it, feathers and leaves and ashes and the dead flowers from the altar.
    Mind you, the pumpkins grew on top, and each was as large as a child.

    Oh, my dear, there were eleven pairs before the door on a wet Sunday, and we did them on the steps with a wooden
    knife and a pig's bristle brush. Then came goose fat, rubbed in with the bare thumb, and you could see your face in
    it. Mind you, they squeaked in church, and we were proud of that.

    In our house Monday was the day of the yellow pan, for Sunday always left potatoes. They were cut and fried with a
    bit of bacon rind and plenty of caraway, and my mother poured buttermilk on the side. Mind you, there were guests
    who came on Mondays on purpose, and they were not the worst.

    Oh, my dear, my great-grandfather's portrait fell on the vicar, and since then we have been careful. My uncle went
    along the wall with a hammer as a doctor goes along a chest, and where it answered dully he drove in a nail from
    the forge. Mind you, the vicar sat on the other side from then on.

    In our house one did not wait to be asked. My mother went over with a jar of plums on the second evening and sat
    down in the middle of the crates, and when she came back she knew all the birthdays. Mind you, the jar had to be
    returned, and it never was returned empty.

    Oh, my dear, the apple loft was the best room we had, and it smelled so sweet that we were sent up there to think
    about our sins. They lay in rows on rye straw, stalk upwards, and my grandmother turned them like sleepers. Mind
    you, one in ten was missing by Christmas, and it was not the mice.

    In our house the pot never left the stove, and whoever went past put something in, a bone or a leek or the crust of
    a cheese. At night it was set on the cold stones, and in the morning it began again. Mind you, no two plates tasted
    alike, and I have never had better since.

    Oh, my dear, we had eleven books and I have read them all a dozen times, some by firelight and some in the pear
    tree. My aunt read aloud while the others spun, and she stopped at the best place and put out the lamp. Mind you,
    that is how one makes readers, I am sure of it.

    In our house the panes were done before every feast, with rainwater from the barrel and a rag from a christening
    gown. My sister stood outside and I stood inside, and we made faces at each other until the last spot was gone.
    Mind you, the birds flew into them afterwards, and that was a pity.

    Oh, my dear, we had no power to lose, and the evenings were longer for it. My mother lit the lamp with the green
    shade and everybody moved up to the table, and there were nuts and riddles. Mind you, when the current came at
    last, my grandfather still went to bed with the hens.

    In our house the cat had her own chair, and it was higher than mine. My aunt laid a sprig of rue on the table and a
    saucer of cream under the bench, and the old lady understood perfectly and never looked up again. Mind you, when
    the goose was carried in, she was allowed to forget herself.

    Oh, my dear, wool remembers everything, my grandmother said, and so you must not frighten it. She washed the
    jumpers in the brook in June with soap that she had boiled herself, and carried them home on a board like sleeping
    lambs. Mind you, mine was handed down four times and still itched.

    In our house every bicycle had belonged to somebody else, and came with a history. My uncle bought them from
    postmen, who treat a machine kindly, and never from a butcher's boy. Mind you, he asked to see the man's own shoes
    first, for he who cares for the one cares for the other.

    Oh, my dear, my mother spoke with hers while she cut them, and I think that they listened. She went out on the day
    when the birch showed green, with father's gloves and the crooked knife, and she took all the thin wood and left
    the strong. Mind you, she always cried out as though she were the one who was cut.

    In our house there were four Annas, so we called people by their doors and their trades, and nobody was ever lost.
    My grandfather kept a knot in his handkerchief for each new face and went through them on Sunday. Mind you, in the
    end he had more knots than handkerchief, and he knew them all.

    Oh, my dear, there was a wreath around your plate and you did not have to carry wood, and that was the feast. My
    aunt baked a plait as long as the child was tall, and all the cousins came and measured it. Mind you, we played
    blind man's buff among the sheets, and nobody wanted presents.

    In our house the drain ran under the yard to the ducks, and when it was stopped my brother was sent in with a
    willow rod. He poked and he sang, and then came ashes and boiling water after him. Mind you, once he found my
    mother's ring in there, and he never had to do it again.
    """
}
