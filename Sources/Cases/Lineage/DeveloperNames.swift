/// Developers of models by how their names begin: a first guess for whoever writes a configuration, and never more.
package enum DeveloperNames {
  private static let developers: [(words: [String], developer: String)] = [
    (["gpt", "o1", "o3", "o4", "chatgpt", "davinci", "text-davinci", "text_davinci"], "OpenAI"),
    (["claude"], "Anthropic"),
    (["gemini", "gemma", "palm", "bison"], "Google"), (["llama", "codellama", "meta-llama"], "Meta"),
    (["mistral", "mixtral", "ministral", "codestral", "magistral"], "Mistral AI"), (["qwen", "qwq"], "Alibaba"),
    (["deepseek"], "DeepSeek"), (["phi", "wizardlm"], "Microsoft"), (["granite"], "IBM"), (["falcon"], "TII"),
    (["olmo", "tulu", "molmo"], "AI2"), (["smollm", "zephyr"], "Hugging Face"), (["command", "aya", "c4ai"], "Cohere"),
    (["yi-"], "01.AI"), (["glm", "chatglm"], "Zhipu"), (["internlm"], "Shanghai AI Lab"), (["exaone"], "LG"),
    (["stablelm", "stable-"], "Stability AI"), (["nemotron"], "NVIDIA"), (["kimi", "moonshot"], "Moonshot"),
    (["minimax"], "MiniMax"), (["grok"], "xAI"), (["jamba"], "AI21"), (["vicuna"], "LMSYS"), (["alpaca"], "Stanford"),
    (["baichuan"], "Baichuan"), (["tinyllama"], "TinyLlama"), (["dolly", "dbrx"], "Databricks"),
    (["hunyuan"], "Tencent"), (["nova-", "titan"], "Amazon"), (["solar"], "Upstage"), (["lfm"], "Liquid AI"),
  ]

  /// nil for a name that none of them begins.
  package static func guess(_ model: String) -> String? {
    let last = model.split(separator: "/").last.map(String.init) ?? model
    let name = last.lowercased()
    // The longest word: `text_davinci` before `text`.
    let found = developers.flatMap { entry in entry.words.map { (word: $0, developer: entry.developer) } }
      .filter { name.hasPrefix($0.word) }
    return found.max { $0.word.count < $1.word.count }?.developer
  }
}
