extension Texts {
  /// A maker of lists: one line of introduction, three or four items that begin with a verb, no farewell.
  static let birch = """
    Three things dissolve limescale, and you probably own one of them:
    - Use citric acid, two spoons per litre, lukewarm.
    - Leave it standing for thirty minutes with the switch off.
    - Empty the kettle, wipe the floor of it, and repeat if grey spots remain.
    - Run one cycle of clear water before the next coffee.

    Go through this list the evening before, while the shops are still open:
    - Pump the tyres to the pressure printed on the side.
    - Test both brakes at walking speed.
    - Oil the chain and remove the surplus.
    - Pack a tube, two levers, a pump and some cash.

    A note of thanks needs four parts, in this order:
    - Address the person by name, not by title.
    - Mention the present in the first line.
    - Add one detail about how it is being used.
    - Close with a greeting and sign it by hand.

    Tomatoes need warm ground, so work through these points:
    - Measure the soil in the morning; it should have twelve degrees.
    - Check the forecast for the next ten nights.
    - Space the plants sixty centimetres apart.
    - Tie each one loosely to a stake on the same day.

    A squeak means dry metal on metal, and this removes it:
    - Identify the noisy hinge by holding each one with two fingers.
    - Spray a little silicone from above.
    - Move the door twenty times through its full range.
    - Remove drops from the paint with kitchen paper.

    The absorption method gives the same result every time:
    - Weigh the rice and take twice its weight of water.
    - Heat both together with half a spoon of salt.
    - Reduce to the lowest setting once bubbles appear.
    - Switch off after eleven minutes and fluff with a fork.

    Books are the heaviest thing you own, so plan for it:
    - Limit every carton to fifteen kilograms.
    - Place large formats flat and small ones upright.
    - Fill hollow spaces with towels.
    - Number the cartons and keep a list of what is in each.

    There are four usual causes, sorted by how often they occur:
    - Replace the battery, even if it is only a year old.
    - Clean the contacts with a pencil eraser.
    - Check that the hands do not touch each other or the glass.
    - Keep the clock away from heat and magnets.

    These signs are reliable, at least in combination:
    - Watch for a ring around the moon the night before.
    - Read the barometer twice and compare the values.
    - Note a wind that turns against the clock.
    - Count how long vapour trails of planes remain; long ones mean moisture.

    A dripping tap needs five minutes and one spare part:
    - Close both valves below the basin.
    - Plug the drain so that no screw gets lost.
    - Unscrew the cartridge and compare it with the new one.
    - Grease the seal, reassemble, and open the valves slowly.

    Bread goes stale because starch hardens, and you can slow that down:
    - Store it at room temperature in a ventilated tin.
    - Cut from the middle and push the halves together.
    - Freeze single portions on the day of purchase.
    - Refresh old rolls with a few drops of water in the oven.

    A repair on the road follows the same sequence each time:
    - Release the brake and take out the wheel.
    - Lever one side of the tyre off and pull the tube.
    - Mark the hole with chalk and feel inside for glass.
    - Patch or exchange the tube, then inflate in two stages.

    You need a needle, forty centimetres of thread, and this sequence:
    - Knot the end and start from the inside of the cloth.
    - Pass through every pair of holes four times.
    - Wrap the thread three times below the button.
    - Secure it with two stitches and cut close.

    There is no fixed rhythm, but these rules cover most species:
    - Check the weight of the pot every third day.
    - Water thoroughly until some runs out below.
    - Discard the surplus after twenty minutes.
    - Halve the amount between November and February.

    Sharpening takes ten minutes if you keep to the order:
    - Soak the coarse side of the stone until no bubbles rise.
    - Hold the blade at fifteen degrees; two coins under the back are a guide.
    - Alternate sides until you feel a burr.
    - Finish on the fine side and rinse.

    Sleep depends on routine more than on effort, so adjust the following:
    - Set one time for getting up, weekends included.
    - Avoid caffeine in the eight hours before bed.
    - Lower the bedroom to eighteen degrees.
    - Write open tasks on paper, then leave the paper in another room.

    Progress comes from frequency, so divide your week like this:
    - Review twenty flash cards every morning.
    - Listen to one podcast twice, the second time with the text.
    - Book one conversation of thirty minutes.
    - Keep a diary of three sentences in the new language.

    Act within five minutes and follow this order:
    - Blot with white paper from the edge inwards.
    - Cover the area with baking soda and wait.
    - Stretch the cloth over a bowl and pour hot water through.
    - Wash at the highest temperature that the label allows.

    Four variables decide the taste, so control each of them:
    - Use two grams of leaves per hundred millilitres.
    - Choose ninety-five degrees for black and eighty for green.
    - Time the infusion with a clock.
    - Remove the leaves completely before you serve.

    Small rooms reward systems, and this one takes a weekend:
    - Sort everything into keep, sell and recycle.
    - Use the height of the walls for storage.
    - Label boxes on the front.
    - Apply the rule of one in, one out from then on.

    For six hours on the trail, this equipment is sufficient:
    - Carry one and a half litres of water per person.
    - Wear layers and add a waterproof shell.
    - Download the map for use without a signal.
    - Include a whistle, a headlamp and a blanket of foil.

    Streaks come from drying edges, and four habits prevent them:
    - Prime the wall if it drinks water.
    - Cut in the corners with a brush, one wall at a time.
    - Roll in overlapping lanes without a pause.
    - Remove the tape while the coat is still damp.

    Most of the savings come from a handful of measures:
    - Bleed the radiators in October.
    - Seal window frames with rubber profiles.
    - Program a lower temperature for night and absence.
    - Air briefly with wide open windows instead of tilting them.

    Compost is a recipe with two ingredients and some air:
    - Choose half shade and contact with the ground.
    - Mix two parts of dry material with one part of wet.
    - Chop everything to the length of a finger.
    - Turn it every six weeks and cover it against heavy rain.

    Leather tolerates dirt but not haste, so proceed in this order:
    - Remove laces and insoles.
    - Brush off dry crumbs with horsehair.
    - Clean with saddle soap and very little water.
    - Apply cream, wait overnight, then buff.

    Cold potatoes are firmer than fresh ones and suit these dishes:
    - Make a Spanish omelette with onion and five eggs.
    - Bake slices with cream and cheese for half an hour.
    - Combine cubes with gherkins, mustard and yoghurt for a salad.
    - Shape leftovers from the pot into dumplings.

    Anything above five kilograms deserves preparation:
    - Weigh the frame on the bathroom scales.
    - Search for cables and pipes with a detector.
    - Select plugs that suit the material and double the load.
    - Align both screws with a spirit level before you hang it.

    Contact grows from small occasions, so create a few:
    - Introduce yourself within the first week.
    - Put a card with your number in the letterbox.
    - Accept parcels for the house.
    - Join or start one event a year, such as a yard sale.

    Storage until spring depends on the sort and on three numbers:
    - Select late sorts without marks or bruises.
    - Keep them at four degrees and ninety percent humidity.
    - Separate layers with cardboard.
    - Inspect the boxes every ten days and take out soft fruit.

    A basic soup needs no recipe, only proportions:
    - Sweat one part of onion and leek.
    - Add four parts of diced vegetables and a bay leaf.
    - Cover with stock and cook until a knife slides in.
    - Blend, thin to taste, and season with something sour.

    Reading is a matter of defaults, so change the defaults:
    - Delete one application from the telephone.
    - Reserve the same fifteen minutes each day.
    - Keep a queue of five titles within reach.
    - Track pages, not finished volumes.

    Professionals use very little soap and work in lanes:
    - Dust the frame before anything gets wet.
    - Mix one litre of water with a shot of spirit.
    - Pull the squeegee in one motion and wipe its lip.
    - Polish corners with microfibre.

    Separate a local fault from a regional one, then protect your devices:
    - Inspect the main switch and the breakers.
    - Compare with the street lighting.
    - Disconnect computers and anything with a motor.
    - Note the time; a closed freezer holds for twenty-four hours.

    Cats repeat what pays, so change the payment:
    - Clear the surface completely after each meal.
    - Place a mat of double-sided tape for two weeks.
    - Reward the use of a permitted spot at once.
    - Schedule play directly before dinner.

    Wool felts through heat, friction and alkali, so exclude all three:
    - Fill a basin with water of thirty degrees.
    - Dose a detergent without enzymes.
    - Immerse the jumper inside out for ten minutes.
    - Press, roll, and dry it flat on a rack.

    Inspect a used bicycle in daylight and in this sequence:
    - Verify the frame number against a register.
    - Look for cracks near the welds.
    - Measure the chain for wear.
    - Shift through every gear during a test ride and deduct missing parts from the price.

    Timing and angle matter more than courage:
    - Wait for late March in mild regions.
    - Disinfect the secateurs.
    - Shorten strong canes to five buds and weak ones to three.
    - Slope the cut away from the bud and collect all leaves.

    Names stay if you process them more than once:
    - Ask for the spelling.
    - Link the sound to a feature of the face.
    - Repeat it silently after one minute and after ten.
    - Record it in your contacts with the place where you met.

    Eight children and three hours are manageable with a schedule:
    - Invite as many guests as the years of the child, plus one.
    - Alternate loud games and quiet ones.
    - Serve food that needs no cutlery.
    - Prepare small bags and announce the end in advance.

    Work from gentle to drastic and stop as soon as it flows:
    - Remove visible residue from the strainer.
    - Pour in baking soda, then vinegar, and cover for ten minutes.
    - Apply a plunger in short bursts.
    - Dismantle the trap over a bucket as the last resort.
    """
}
