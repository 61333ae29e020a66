import Cases
import Testing

@Suite("Thoughts in a text")
struct ThoughtSplitTests {
  @Test(
    "thoughts and answer are apart under any mark",
    arguments: [
      ("<think>Hm.</think>Ghent.", "<think>"), ("\n<think>\nHm.\n</think>\n\nGhent.", "<think>"),
      ("<THINKING>Hm.</THINKING> Ghent.", "<thinking>"), ("[THINK]Hm.[/THINK]Ghent.", "[think]"),
      ("<seed:think>Hm.</seed:think>Ghent.", "<seed:think>"), ("◁think▷Hm.◁/think▷Ghent.", "◁think▷"),
      ("<thought>Hm.</thought>\nGhent.", "<thought>"), ("<mm:think>Hm.</mm:think>Ghent.", "<mm:think>"),
      ("<inner_monologue>Hm.</inner_monologue>Ghent.", "<inner_monologue>"),
      ("<scratchpad>Hm.</scratchpad>\n<answer>Ghent.</answer>", "<scratchpad>"),
      ("<|START_THINKING|>Hm.<|END_THINKING|><|START_RESPONSE|>Ghent.<|END_RESPONSE|>", "<|start_thinking|>"),
      (
        "<|begin_of_thought|>Hm.<|end_of_thought|>\n<|begin_of_solution|>\nGhent.\n<|end_of_solution|>",
        "<|begin_of_thought|>"
      ),
      ("<｜begin▁of▁thinking｜>Hm.<｜end▁of▁thinking｜>Ghent.", "<｜begin▁of▁thinking｜>"),
      (
        "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Ghent.<|return|>",
        "<|channel|>"
      ),
      ("<|start|>assistant<|channel|>analysis<|message|>Hm.<|end|><|channel|>final<|message|>Ghent.", "<|channel|>"),
      ("analysisHm.assistantfinalGhent.", "analysis…assistantfinal"), ("Hm.</think>Ghent.", "<think>"),
      ("Hm.\n</think>\n\nGhent.", "<think>"),
      ("Here is my thought process: Hm. Here is my response: Ghent.", "here is my thought process:"),
      ("<unused94>thought\nHm.<unused95>Ghent.", "<unused94>thought"),
      (
        "<details type=\"reasoning\" done=\"true\"><summary>Thought</summary>Hm.</details>\nGhent.",
        "<details type=\"reasoning\">"
      ),
      ("<think>H</think><think>m.</think>Ghent.", "<think>"),
      // Behind marks that nobody sees, and headers of the role.
      ("\u{FEFF}<think>Hm.</think>Ghent.", "<think>"), ("\u{200B}\n<think>Hm.</think>Ghent.", "<think>"),
      ("<|im_start|>assistant\n<think>Hm.</think>Ghent.", "<think>"),
      ("assistant\n\n<think>Hm.</think>Ghent.", "<think>"),
      (
        "<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|><|START_THINKING|>Hm.<|END_THINKING|><|START_RESPONSE|>Ghent.<|END_RESPONSE|>",
        "<|start_thinking|>"
      ),
      // An end that is written twice, thoughts within thoughts, an end between spaces.
      ("<think>Hm.</think>\n</think>\nGhent.", "<think>"), ("<think>H<think>m</think>m.</think>Ghent.", "<think>"),
      ("Hm. </think>\n\nGhent.", "<think>"), ("Hm. </think> <answer>Ghent.</answer>", "<think>"),
      // The beginning of a channel in the prompt; its words without its tokens.
      ("Hm.<|end|><|start|>assistant<|channel|>final<|message|>Ghent.<|return|>", "<|channel|>"),
      ("<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Ghent.", "<|channel|>"),
      ("analysisuser says hm.assistantfinalGhent.", "analysis…assistantfinal"),
      ("commentaryHm.assistantfinalGhent.", "analysis…assistantfinal"),
      // Solar, HyperCLOVA X, Ollama's terminal, LibreChat, pages, markup that was escaped.
      ("<|think|>Hm.<|end|><|begin|>assistant<|content|>Ghent.", "<|think|>"),
      ("<|inner_prefix|>Hm.<|inner_suffix|>Ghent.", "<|inner_prefix|>"),
      ("<|im_start|>assistant/think\nHm.<|im_end|>\n<|im_start|>assistant\nGhent.", "<|im_start|>assistant/think"),
      ("Thinking...\nHm.\n...done thinking.\n\nGhent.", "thinking..."),
      (":::thinking\nHm.\n:::\nGhent.", ":::thinking"),
      ("<details>\n<summary>Thought for 3 seconds</summary>\nHm.\n</details>\nGhent.", "<details>"),
      ("&lt;think&gt;Hm.&lt;/think&gt;Ghent.", "&lt;think&gt;"),
      // Poe's quotations; an end with one space behind it.
      ("*Thinking...*\n\n> Hm.\n>\n> So.\n\nGhent.", "*thinking...*"), ("> Thinking\n> Hm.\n\nGhent.", "> thinking"),
      ("Hm.</think> Ghent.", "<think>"), ("<think> hm. </think> Ghent.", "<think>"),
    ])
  func marks(text: String, mark: String) throws {
    let split = try #require(ThoughtSplit(text))
    #expect(split.text == "Ghent." && split.mark == mark)
    #expect(split.reasoning.filter { !$0.isWhitespace }.contains("m."))
    // Once taken apart, nothing is left to take.
    #expect(ThoughtSplit(split.text) == nil)
  }

  @Test(
    "a text that speaks of marks, or has them elsewhere, stays whole",
    arguments: [
      "Use the `</think>` tag to end it.", "The tag </think> ends thoughts.", "Write <think> first.",
      "<b>Bold</b> words.",
      "[1] A note. [/1]", "<reason>the word, never closed", "analysis of the poem: assistantfinal", "analysis", "",
      "In HTML, <thing>x</thing> is none.", "Analysis shows that assistantfinal is a word.", "Thinking... is hard.",
      "<think> is a tag used by R1. It closes with </think> and then goes on.", "> A quotation.\n\nGhent.",
      "The model emits </think>\n\nThen it answers.", "assistant: Ghent.", "<|im_start|>assistant\nGhent.",
      "<details><summary>Sources</summary>A book.</details>\nGhent.",
      "```\n<|start|>assistant<|channel|>final<|message|>Hi<|return|>\n```\nis an answer.",
    ])
  func plain(text: String) { #expect(ThoughtSplit(text) == nil) }

  @Test("thoughts that were cut off are thoughts without an answer")
  func open() throws {
    for text in ["<think>Hm", "[THINK]Hm", "<|channel|>analysis<|message|>Hm"] {
      let split = try #require(ThoughtSplit(text))
      #expect(split.text.isEmpty && split.reasoning == "Hm")
    }
  }

  @Test(
    "marks that come again and again take the time of their length", .timeLimit(.minutes(2)),
    arguments: [
      "<|channel|>analysis<|message|>x", "<|think|>x<|/think|>", "<|reason|>", "<think>x</think>", "</think>",
    ])
  func many(mark: String) {
    // Times the length, it would take hours.
    #expect((ThoughtSplit(String(repeating: mark, count: 40_000)) == nil) == (mark == "<|reason|>"))
  }

  @Test("a message to a tool within harmony's channels is known")
  func tool() throws {
    let text = "<|channel|>commentary to=functions.look <|constrain|>json<|message|>{}<|call|>"
    #expect(try #require(ThoughtSplit(text)).callsTool)
    #expect(SpokenContent(text).isOtherThanText)
  }
}
