extension Texts {
  /// Formal and impersonal: "It is advisable", "One should", semicolons, "moreover", "consequently", "the gentleman's
  /// rule".
  static let cedar = """
    It is advisable to employ a mild acid; spirit of vinegar is customary, although tartaric acid serves equally well.
    The vessel should be filled above the line of the deposit and left undisturbed until evening; moreover, it must be
    rinsed thrice. Abrasives are to be avoided under all circumstances.

    One should devote particular attention to the brakes; a machine that cannot be stopped ought never to be started.
    The condition of the tyres and of the steering is to be examined next; moreover, every nut deserves a turn of the
    spanner. Consequently, the journey may be undertaken with composure.

    It is advisable to write within the week; gratitude, like fish, does not improve with keeping. One should refer
    expressly to the object received and to the thought that selected it; effusions are unnecessary. Moreover, a letter
    of thanks ought never to contain a request.

    One should consult the calendar rather than the thermometer; a single mild week proves nothing. The seedlings are
    to be accustomed to the open air by degrees and placed in enriched soil facing south; moreover, a cloche must
    remain within reach until June. Impatience is, consequently, the principal enemy of the crop.

    It is advisable to establish beforehand which of the hinges is at fault; the remedy is otherwise applied at random.
    The pin should be withdrawn, cleansed of old grease and coated with graphite; oil merely attracts dust.
    Consequently, the nuisance may be regarded as settled for a decade.

    One should distinguish between the varieties; what is proper for the long grain is ruinous to the round. The grains
    are to be washed, covered with water to the depth of one finger joint and left in peace; moreover, the lid must not
    be raised. Salt is a matter of conviction.

    It is advisable to employ cases of modest dimensions; porters have been known to resign over an encyclopaedia.
    Volumes should be laid with their spines against the wall of the case; moreover, bindings of value require tissue.
    An inventory will, consequently, spare the owner a great deal of vexation.

    One should first ascertain whether the timepiece is level; a pendulum is without mercy in this respect. If the rate
    be still deficient, the bob is to be raised by half a turn; quartz movements, on the other hand, merely require a
    fresh cell. Moreover, winding ought to take place at a fixed hour.

    It is advisable to observe several indications jointly; any one of them may deceive. A falling glass, a halo about
    the sun and a marked clearness of distant hills are, taken together, conclusive; moreover, insects retire early.
    The prudent person will consequently carry an umbrella and be thought a pessimist.

    One should interrupt the supply before any other measure is taken; the omission has ruined many a ceiling. The
    spindle is thereupon removed and its washer replaced by another of identical bore; moreover, the seat ought to be
    inspected for scoring. Excessive force is the mark of the amateur.

    It is advisable to exclude draughts without excluding air; an earthenware crock with a loose lid is, for this
    reason, the classical solution. The loaf should not be cut while warm; moreover, each kind of bread demands a
    compartment of its own. Refrigeration is, consequently, to be condemned.

    One should never proceed upon a deflated tyre; the rim is invariably the victim. The tube is to be withdrawn,
    immersed and marked at the point of escape; thereafter it is abraded, cemented and, following an interval of five
    minutes, patched. Moreover, the offending thorn must be sought in the cover.

    It is advisable to select a thread of linen; cotton yields too readily. The button should be attached with a shank
    whose length equals the thickness of the cloth; moreover, a smaller button on the reverse relieves the strain.
    Garments treated in this manner may consequently be worn without anxiety.

    One should be guided by the plant and not by the almanac; thirst announces itself in the leaf. Rainwater of the
    temperature of the room is to be preferred; moreover, the saucer ought to be emptied within the hour.
    Overindulgence is fatal, here as elsewhere; in winter, consequently, abstinence is the rule.

    It is advisable to possess two stones, one coarse and one fine; a steel merely straightens what is already keen.
    The blade should be presented at a constant inclination and drawn, never pushed; moreover, even pressure is
    essential. A sharp knife is, consequently, the safer instrument of the two.

    One should retire at a regular hour and upon a light supper; the stomach is a poor bedfellow. Stimulants are to be
    renounced after noon; moreover, correspondence of a disagreeable nature must be left until morning. Should sleep
    nevertheless fail to appear, a volume of sermons will, in general, procure it.

    It is advisable to acquire the sounds before the rules; the ear, once corrupted, is seldom reformed. One should
    commit to memory entire sentences rather than isolated terms; moreover, daily practice of moderate length surpasses
    any heroic exertion. A native speaker of great patience is consequently indispensable.

    One should act without delay and without ostentation, lest the culprit be embarrassed. White wine has its
    advocates; cold water, however, is cheaper and fully as effective, provided that the fabric be blotted and never
    rubbed. Moreover, linen ought to be bleached upon the lawn; the sun is consequently the best of laundresses.

    It is advisable to regard the infusion as a matter of chemistry; water which has boiled for long is dead. The pot
    should be scalded, the leaves measured and four minutes observed upon the watch; moreover, milk is admissible only
    with the stronger sorts. Sugar is consequently a confession.

    One should assign to each article a fixed abode; order is nothing else. Whatever has not been required in twelve
    months is to be disposed of; moreover, furniture that serves two purposes deserves preference. An apartment of
    modest extent may, consequently, possess the dignity of a cabin at sea.

    It is advisable to be provided for the worst and dressed for the best. One should carry a map, a compass,
    provisions for an additional meal and a garment of wool; cotton is treacherous when wet. Moreover, the intended
    route ought to be deposited with a responsible person, who will consequently know where to search.

    One should not economise upon preparation; the finest paint disgraces itself upon a dirty surface. The work is to
    proceed from the source of light in strips of equal breadth; each must meet its predecessor while moist. Moreover,
    the quantity required should be mixed at once; shades are, consequently, uniform.

    It is advisable to begin with the apertures; warmth that escapes cannot be purchased twice. Heavy curtains should
    be drawn at dusk and doors kept closed; moreover, rooms that are seldom occupied require but little fire. A
    dressing gown is, consequently, the most economical of stoves.

    One should select a situation in partial shade, at a decent distance from the house. Vegetable refuse and dry
    matter are to be deposited in alternate layers; cooked food must be excluded, for it invites visitors. Moreover,
    the whole ought to be turned at each change of season; patience is consequently repaid in spring.

    It is advisable to permit the mud to harden; premature zeal merely distributes it. The uppers should be brushed,
    sponged with tepid water and mounted upon trees of cedar; moreover, artificial heat is ruinous. A thin application
    of cream, consequently, restores both suppleness and self-respect.

    One should on no account discard them; the potato is at its most agreeable upon the second day. It may be sliced
    and browned in dripping; alternatively, a salad with vinegar and chives is irreproachable. Moreover, croquettes
    await those who possess ambition; the cook is consequently spoilt for choice.

    It is advisable to determine the nature of the wall before the first blow is struck; plaster promises more than it
    can perform. Brass hooks with two pins should be preferred to single nails; moreover, the wire must be inspected
    annually. The centre of the picture belongs, consequently, at the level of the eye.

    One should pay the first call in person and keep it brief; ten minutes are ample. A trifling gift is customary,
    though it must not create an obligation; moreover, noise ought to be announced in advance. Cordiality is
    consequently secured, and with it the watering of one's plants in August.

    It is advisable to gather the fruit upon a dry day and to handle it as though it were eggs. Only faultless
    specimens should be admitted to the store, which must be cool, dark and somewhat moist; moreover, they may not
    touch. A fortnightly inspection is consequently a duty and a pleasure.

    One should commence with a respectable stock; everything else is ornament. Roots and leaves are to be introduced
    according to their hardness and simmered, never boiled; moreover, seasoning belongs to the final minutes. A soup
    thus treated is, consequently, fit to be set before a bishop.

    It is advisable to fix an hour and to defend it; the world is otherwise certain to claim it. One should possess a
    comfortable chair, a proper lamp and no scruples about abandoning a tedious author; moreover, a list of titles
    ought to be kept. Ten volumes a season are consequently within reach of anybody.

    One should choose an overcast morning, for the sun dries the lather prematurely. The panes are to be washed from
    above with soft water and ammonia; thereafter a chamois is employed, wrung out at frequent intervals. Moreover,
    frames ought to be dusted beforehand; labour is consequently halved.

    It is advisable to remain seated until the eyes have adjusted themselves. One should thereupon ascertain whether
    the failure is confined to the house; if so, the fuses are to be examined in sequence. Moreover, naked flames
    require supervision; a lantern is consequently the more gentlemanly light.

    One should refrain from punishment, which the animal attributes to one's bad character alone. A seat of superior
    elevation is to be furnished near the window; moreover, the table must at no time hold anything of interest. The
    cat will, consequently, come to regard the arrangement as its own invention.

    It is advisable to dissolve the soap entirely before the garment is introduced. The water should be tepid
    throughout, for a sudden change is what causes shrinkage; moreover, wool ought to be lifted with both hands when
    wet. It is consequently dried upon a flat surface and in the shade.

    One should inspect the frame before one inspects the price. The bearings are to be tested for play, the rims for
    dents and the vendor for candour; moreover, a trial upon an incline is instructive. An honest machine of some age
    is consequently preferable to a gaudy one of doubtful origin.

    It is advisable to await the end of the severe frosts; thereafter one may proceed with confidence. Dead and feeble
    growth should be removed at the base and the remainder shortened by one half; every cut must be clean and oblique.
    Moreover, bold pruning is consequently rewarded, whereas pity is punished.

    One should attend to the introduction as though one were to be examined upon it. The name is to be repeated in the
    first sentence and associated with some image, however absurd; moreover, a pocket book is no disgrace. A second
    enquiry, courteously phrased, is consequently forgiven by all reasonable persons.

    It is advisable to limit both the number of guests and the duration of the entertainment. Refreshments should be
    prepared upon the preceding day; moreover, at least three games ought to be held in reserve against rain. The host
    who appears unhurried is, consequently, the one who has worked.

    One should begin with the least violent of remedies; caustic substances injure pipe and person alike. The plunger
    is to be applied with regularity, the overflow having first been stopped; moreover, the trap may be opened with a
    wrench. Grease ought consequently never to be confided to the drain.
    """
}
