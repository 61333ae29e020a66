extension Texts {
  /// What composed authors choose their habits from.
  static let openers = [
    "Here is what works.", "Let us see.", "Good question.", "Well now.", "In brief:", "This is simple enough.",
    "Nothing easier.", "My advice is plain.", "From long practice:", "A word on this.", "Right then.", "As it happens,",
    "To begin with,", "Before all else,", "You will be glad to hear it is easy.", "People ask this often.",
    "There is an old rule here.", "Take heart.", "It comes down to care.", "Two things matter here.",
    "The trick is patience.", "The usual way is this.", "Happily,", "In my house we do it thus.", "At bottom,",
    "Put simply,", "Listen.", "Step by step, then.", "The quick version:", "Do not worry.", "What a fine thing to ask.",
    "To be honest,", "So far as I know,", "The handbook says this.", "Much is written on this.", "Easy does it.",
    "First the plan.", "Sound habits help.", "I was taught as follows.", "With pleasure.", "All in all,",
    "The safe way:", "Once you know, you know.", "Common sense, mostly.", "On the whole,", "Start here.",
    "It is worth doing well.", "The short of it:",
  ]

  static let connectives = [
    "Then,", "Next,", "After this,", "Also,", "Besides,", "Moreover,", "Now,", "And so", "In turn,", "With that done,",
    "From there,", "As a rule,", "In addition,", "Likewise,", "Of course,", "What is more,", "Straight away,",
    "In due course,", "Meanwhile,", "For good measure,", "All the same,", "By the way,", "Just as well,", "Note:",
    "Mind you,", "Above all,", "If you like,", "Where possible,", "Every time,", "Without fail,", "Perhaps",
    "Usually,", "At this point,", "Again,", "To be sure,", "In short,", "Quite simply,", "As ever,", "Better still,",
    "Wherever you are,",
  ]

  static let closers = [
    "That is all.", "Good luck!", "You will see.", "It never fails.", "No more is needed.", "Enjoy!", "Simple as that.",
    "The rest is practice.", "Ask again if it does not help.", "Be patient.", "And there you are.", "Well done.",
    "It is quite safe.", "Try it today.", "My mother swore by it.", "Happy work!", "Repeat as needed.",
    "You can do it.", "This has always served me.", "Time will do the rest.", "So much for that.", "Keep at it.",
    "Let me know.", "Better late than never.", "It costs nothing.", "I hope this helps.", "Rest afterwards.",
    "Anyone can do it.", "Your neighbours will wonder.", "Take your time.", "Mark my words.", "Nothing to it.",
    "A child could do it.", "Then leave it be.", "Less is more.", "It pays in the end.", "Trust your eyes.",
    "Practice makes it light.", "Done!", "Until next time.", "It is a small thing.", "That should do.",
    "Write it down.", "See how it goes.", "Remember this.", "All will be well.", "Care is the best tool.", "Cheers!",
  ]

  /// Words of the almanac, each with others that an author may prefer; the first is the almanac's own.
  static let synonyms = [
    ["little", "bit of", "touch of"], ["use", "take", "try"], ["small", "modest", "tiny"], ["large", "big", "roomy"],
    ["before", "ahead of", "prior to"], ["when", "whenever", "once"], ["about", "roughly", "around"],
    ["keep", "hold", "store"], ["put", "place", "set"], ["turn", "twist", "switch"], ["clean", "scrub", "wipe"],
    ["dry", "quite dry", "bone-dry"], ["place", "spot", "corner"], ["every", "each", "any"],
    ["check", "look over", "test"],
    ["few", "couple of", "handful of"], ["better", "wiser", "nicer"], ["let", "allow", "leave"],
    ["wet", "damp", "moist"],
    ["leave", "let", "keep"], ["make", "prepare", "produce"], ["find", "spot", "locate"], ["warm", "lukewarm", "mild"],
    ["strong", "sturdy", "firm"], ["look", "search", "hunt"], ["day", "morning", "daytime"],
    ["because", "since", "as"],
    ["choose", "pick", "select"], ["add", "mix in", "put in"], ["wash", "rinse", "clean"], ["write", "note", "jot"],
    ["start", "begin", "set out"], ["ask", "enquire", "find out"], ["carry", "bring", "take"],
    ["room", "chamber", "place"],
    ["time", "while", "moment"], ["cover", "shield", "wrap"], ["buy", "get", "purchase"],
    ["old", "former", "well-worn"],
    ["do not", "never", "don't"], ["with", "using", "by means of"], ["you", "one", "we"], ["can", "may", "could"],
    ["and", "and", "as well as"], ["is", "is", "tends to be"], ["the same", "an equal", "a like"],
  ]
}
