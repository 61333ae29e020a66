extension Texts {
  /// Terse: fragments of two to six words, full stops, orders without courtesy, numbers in figures.
  static let fir = """
    Vinegar. One cup. Same of water. Boil. Wait 1 hour. Pour out. Rinse twice. Still white? Again. No steel wool. No
    salt. Hard water? Do it monthly. Soft water? Twice a year. A filter jug helps. Cheap fix. Works always.

    Tyres hard. Brakes bite. Chain oiled. Lights on. Bolts tight. That is the list. Carry tube, pump, levers, 20 in
    cash. Drink before thirst. Eat before hunger. Check weather at 7. Wind behind on the way home. Go.

    Pen. Paper. 5 lines. Name the gift. Say what you do with it. Say when you meet. Sign. No jokes. No excuses for the
    delay. Stamp on the same day. Short beats long. Handwriting beats print. Done.

    Not before 15 May. Nights above 10 degrees. Full sun. Wall behind. Hole deep. Stem buried halfway. Stake in. Water
    low, never on leaves. Cold snap? Fleece on. Lost a plant? Buy another. Sow more next year.

    Find the hinge. Pull the pin. Wipe. Grease. Push back. Swing 10 times. Wipe again. Still noise? Next hinge. Still?
    Screws loose. Tighten. 5 minutes, all told. Tool: 1 nail, 1 hammer. Cost: zero.

    Rice 1. Water 1.5. Rinse. Salt. Boil hard. Lid on. Heat low. 12 minutes. Heat off. 10 minutes. Fork. Serve. Burnt
    bottom? Less heat. Wet? Less water. Hard? More time. Write it on the wall.

    Small boxes only. 12 kilos, not more. Heavy below. Light above. No gaps. Tape twice. Mark the room. Paperbacks
    last. Rare ones by hand. Sell doubles. Lift with knees. Stack 3 high. Never 4.

    Battery. 9 in 10 times. Swap it. Set it. Wait a week. Still slow? Dirt. Open it, blow, close. Still? Cheap
    movement. New one: 8 euros. Old pendulum? Nut up half a turn. Check on Sunday.

    Wind swings south. Glass falls. Swallows low. Smoke flat. Stars blur. Sounds carry. 2 of those: maybe. 4 of those:
    surely. Red morning, wet evening. Pack the jacket. Washing in by noon. Dark in the west? Leave now.

    Water off. First of all. Drain plugged. Handle off. Nut left. Washer out. Same size in. Nut right. Water on. Drips
    still? Seat is worn. Grind it. No tool? Plumber. Part costs 40 cents. Call costs 90.

    Cool it fully. Paper bag. Tin box. Room warm, not hot. No fridge. No plastic. Sliced? Freeze flat. Stale? Wet it, 5
    minutes at 180. Too far gone? Crumbs. Mould? Bin. All of it.

    Wheel out. Tyre off, one side. Tube out. Pump. Listen. Mark. Sand. Glue. 5 minutes. Patch. Press. Check tyre for
    glass. Back in. Pump to 4. Ride. Carry 2 patches. Better: 1 tube.

    Strong thread. Doubled. Knot. Up, down, 6 times. Matchstick under. Match out. Wind 4 turns. Knot behind. Cut. Pull
    hard. Holds? Wear it. Coat? Use 8 passes. Leather? Use a thimble. 3 minutes. No tailor.

    Finger in. 3 centimetres. Dry? Water. Wet? Walk away. Drain the saucer. Cactus: monthly. Fern: daily mist. Yellow
    leaf: too much. Brown tip: too little. Winter: half. Tap water: stand overnight. Away 2 weeks? Wick and bucket.

    Stone wet. Angle 15. Heel to tip. 10 strokes. Turn. 10 strokes. Fine side. 5 and 5. Strop on leather. Wash. Test on
    paper. Tears? Again. Cuts? Stop. Monthly. No dishwasher. No glass boards. Blunt cuts fingers.

    Same hour. Dark room. 17 degrees. No screen. No coffee past 14. Book, dull. Slow breath. 4 in, 6 out. Awake at 20
    minutes? Up. Back when heavy. No clock in view. Alarm fixed. Weekends too.

    20 words a day. Every day. Aloud. 500 words: speak. 1000: read. 2000: films. Partner weekly. No translation in the
    head. Wrong is fine. Silent is not. Quit after a bad week? No. 3 months. Then judge.

    Blot. Don't rub. Cold water. Blot. Salt, thick. 10 minutes. Brush off. Wash at 60. Still pink? Oxygen bleach. Old
    stain? Soak overnight. Silk? Cleaner. Heat sets it. No iron before. White cloth lucky. Red cloth luckier.

    Fresh water. Full boil. Warm pot. 1 spoon a cup. 4 minutes. Strain. Drink. Green? 80 degrees, 2 minutes. Bitter?
    Too long. Weak? More leaf, not more time. Milk: your affair. Mug: thick.

    Floor clear. Always. Walls used. Bed high. Boxes below. 1 in, 1 out. Evening: 5 minutes. Sunday: 20. Not used in a
    year? Sell. Gift from aunt? Also. Flat surfaces empty. Hooks, not chairs. Tidy is fewer things.

    Water 2 litres. Bread. Nuts. Shell. Fleece. Hat. Map. Lamp. Knife. Plasters. Phone, full, off. Turn back by 14.
    Tell someone. Boots worn in. Socks wool. Spare pair. 6 kilos, no more. Cloud on the ridge? Down.

    Wash wall. Dry. Tape. Stir. Brush the edges. Roll at once. Wet into wet. 1 wall, no break. Good roller. Thick load.
    Last strokes down. 6 hours. Second coat. Tape off damp. Window shut till then.

    Seal gaps. Draw curtains. Close doors. 19 by day. 16 by night. Bleed radiators. Nothing in front. Air 5 minutes,
    wide. Jumper. Socks. 1 degree is 6 percent. Check bill in March. Lid on pots. Shower short.

    Corner. Shade. Bare earth. Brown 2, green 1. Thin layers. Damp like a sponge. Turn monthly. Smells? Add brown. Dry?
    Add water. No meat. No bones. No weeds with seed. Lid on. 9 months. Sieve. Use.

    Dry first. 1 day. No heater. Knock. Brush. Damp rag. Dry again. Wax. Wait. Brush. Cloth. Paper inside. Salt marks?
    Vinegar, weak. Laces in the wash. Soles too. Second pair: own one. Change daily.

    Slice. Fry. Salt. Done. Or: mash, egg, flour, pan. Or: oil, 220, 25 minutes. Or: soup, with leek. Keep 3 days cold.
    Skin on is fine. Green bits out. Crisp needs fat. Fat needs heat. Don't stir.

    Weigh it. Knock. Stone? Plug 8. Hollow? Anchor. Wood? Screw, 50. Detector first. 2 points. Level. Drill. Vacuum.
    Plug. Screw. Hang. Over a bed? Don't. Wire old? New. Centre at 150. Step back. Leave it.

    Ring. Name. Floor. Smile. 2 minutes. Leave. Next week: small favour. Then: return it. Quiet after 22. Parcels taken
    in. Party? Note on the door. Cake helps. Complaints: in person, once. Winter: shovel both sides.

    Sound ones only. Late sorts. No washing. Paper each. Stem up. 1 layer. 4 degrees. Dark. Damp. Not near potatoes.
    Check weekly. Rot out. Eat the small last. Frost? Blanket. Mice? Wire. Good till March.

    Onion. Fat. 5 minutes. Carrot, potato, leek. Water. Salt. 20 minutes. Mash or not. Lemon. Pepper. Bread. Thin?
    Boil. Thick? Water. Flat? Salt. Flat still? Vinegar. Make double. Freeze half. Next day: better.

    10 pages. Daily. Before the phone. Book by the bed. Book in the bag. Bad book? Drop it at 50. Train: read. Queue:
    read. Log titles. 20 a year. Library is free. Shelf of unread: fine. Screen off at 21.

    Cloudy day. Dust frame. Warm water. 1 drop soap. Sponge. Blade, top down. Wipe blade. Each pull. Edges dry. Inside
    same. Streaks? Less soap. Spots? Vinegar. Twice a year. Ladder? Second person. High floor? Hire.

    Torch. Look out. Street dark? Wait. Only you? Breakers. Trips again? Unplug all. One by one. Fridge shut: 4 hours.
    Freezer: 24. Stove off. Candles watched. Phone saved. Radio, batteries. Lift? Stairs. Back on? Reset clocks.

    No food up there. Ever. Crumbs gone. Higher perch. Near window. Treat there. On the table? Down. No word. Each
    time. 3 weeks. Tape helps. Spray does not. Hungry cat? Feed first. Bored cat? String. You slip once, restart.

    30 degrees. Wool soap. No rubbing. 10 minutes. Rinse same warm. Press. Towel. Roll. Flat. Shade. 2 days. No hanger.
    No spin. No sun. Shrunk? Too late. Mostly air it. Wash twice a year. Moths? Cedar. Holes? Darn.

    Frame straight. No cracks. Number intact. Papers. Rims true. Chain flat. Brakes firm. Gears all. Ride it. Hands
    off, once. Size: stand over. Price: half of new. Less 30 per worn part. Doubt? Leave. Cash. Receipt.

    March. Dry day. Sharp shears. Dead out. Thin out. Crossing out. Rest to 5 buds. Cut slanted. Outward bud. Gloves.
    Burn waste. Feed. Water. Climbers: side shoots only. Old kinds: after bloom. Too short? Grows back.

    Hear it. Say it. Spell it. See it. Use it. Again at goodbye. Write it down at night. Forgot? Ask. Same day is
    cheap. A year on is not. 3 new ones a time. More? Badges. Face first, name second.

    Date. List. 8 guests. 3 hours. Cake day before. Sausages. Water. 4 games. 1 prize each. Music off at 18. Rain plan.
    Breakables up. Plasters. Bin bags. Parents told. Photo of all. Thank. Sleep.

    Scoop water. Plug overflow. Plunger. 20 pumps. Flows? Hot water. Not? Bucket. Trap off. Clean. Trap on. Still?
    Wire, 3 metres. Still? Call. No acid. No fat in the sink. Sieve, 2 euros. Buy it.
    """
}
