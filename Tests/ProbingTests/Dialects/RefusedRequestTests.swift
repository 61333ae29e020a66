import Cases
import Formats
import Probing
import Testing

/// Errors in the words of vendors, as reported in public: what each of them calls for.
@Suite("Refused requests")
struct RefusedRequestTests {
  private static func read(_ status: Int, _ body: String, _ dialect: Endpoint.DialectName = .openAIChat)
    -> DialectReading
  {
    dialect.dialect.read(status: status, body: Array(body.utf8))
  }

  @Test(
    "an answer that is withheld is an outcome, whatever the status",
    arguments: [
      (
        403, #"{"code":"no permission","error":"Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_X"}"#
      ),
      (
        400, #"{"error":{"code":"data_inspection_failed","type":"data_inspection_failed","message":"Input text data"}}"#
      ),
      (400, #"{"error":{"code":"content_filter","message":"x"}}"#),
      (400, #"{"error":{"code":null,"message":"filtered","innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#),
      (
        400,
        #"{"error":{"message":"Content Exists Risk","type":"invalid_request_error","code":"invalid_request_error"}}"#
      ),
      (
        400,
        #"{"error":{"code":"invalid_prompt","message":"Invalid prompt: your prompt was flagged as potentially violating our usage policy."}}"#
      ),
      (
        403,
        #"{"error":{"code":403,"message":"Your chosen model requires moderation and your input was flagged for x."}}"#
      ),
      (400, #"{"error":{"code":"1301","message":"unsafe"}}"#),
      (400, #"{"error":{"code":"InputTextSensitiveContentDetected","message":"x"}}"#),
      (422, #"{"detail":"Request blocked by safety filter"}"#),
      (200, #"{"error":{"code":403,"message":"Your prompt was flagged."}}"#),
      (500, #"{"error":{"code":"content_policy_violation","message":"no"}}"#),
      (403, #"{"error":{"code":403,"message":"PROHIBITED_CONTENT"}}"#),
      (
        400,
        #"{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"x","details":[{"reason":"PUBLIC_ERROR_UNSAFE_GENERATION"}]}}"#
      ),
      (
        400,
        #"{"error":{"code":400,"message":"Provider returned error","metadata":{"raw":"{\"code\":\"content_filter\"}"}}}"#
      ),
      (200, #"{"choices":null,"base_resp":{"status_code":1027,"status_msg":"output new_sensitive"}}"#),
      (
        400,
        #"{"error":{"message":"The request was rejected because it was considered high risk","type":"invalid_request"}}"#
      ),
      (400, #"{"error":{"code":"400","message":"输入数据可能包含不适当的内容"}}"#),
      (
        400,
        #"{"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}}"#
      ),
    ])
  func withheld(status: Int, body: String) {
    guard case .answer(.filtered, let answer) = Self.read(status, body) else {
      Issue.record("\(Self.read(status, body))")
      return
    }
    #expect(answer.text.isEmpty && answer.finish == "content_filter")
  }

  @Test("a filter's word for the end of an answer is one in any spelling, and needs no message")
  func finish() {
    for choice in [
      #"{"finish_reason":"content_filter: PROHIBITED_CONTENT","message":null}"#,
      #"{"finish_reason":"SAFETY","message":{"content":null}}"#,
    ] {
      guard case .answer(.filtered, _) = Self.read(200, "{\"choices\":[\(choice)]}") else {
        Issue.record("\(choice)")
        return
      }
    }
  }

  @Test(
    "each error stops what it concerns",
    arguments: [
      (401, #"{"error":{"code":"invalid_api_key","message":"bad"}}"#, FailureClass.authentication),
      (
        401,
        #"{"error":{"code":"account_deactivated","message":"flagged for violating our usage policy: prompt was flagged"}}"#,
        .authentication
      ),
      (
        400,
        #"{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}"#,
        .authentication
      ),
      (403, #"{"error":{"message":"forbidden"}}"#, .authentication),
      (403, "<html><head><title>Attention Required! | Cloudflare</title></head></html>", .denied),
      (
        403,
        #"{"error":{"code":"unsupported_country_region_territory","message":"Country, region, or territory not supported"}}"#,
        .denied
      ),
      (
        400,
        #"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API."}}"#,
        .exhausted
      ),
      (403, #"{"error":{"code":"insufficient_credits","message":"add more"}}"#, .exhausted),
      (
        400,
        #"{"error":{"code":"Arrearage","message":"Access denied, please make sure your account is in good standing."}}"#,
        .exhausted
      ),
      (
        429,
        #"{"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProject"}]},{"retryDelay":"1.5s"}]}}"#,
        .exhausted
      ),
      (
        429,
        #"{"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerMinutePerProject"}]}]}}"#,
        .throttle
      ),
      (
        400,
        #"{"error":{"message":"Unsupported parameter: 'top_p' is not supported with this model.","param":"top_p","code":"unsupported_parameter"}}"#,
        .parameter
      ),
      (
        400,
        #"{"type":"error","error":{"type":"invalid_request_error","message":"`temperature` is deprecated for this model."}}"#,
        .parameter
      ),
      (
        400,
        #"{"error":{"message":"This model's maximum context length is 8 tokens","code":"context_length_exceeded","param":"messages"}}"#,
        .configuration
      ),
      (500, #"{"error":{"message":"content filter service is down"}}"#, .transient), (529, "", .throttle),
      (403, #"{"code":30001,"message":"Sorry, your account balance is insufficient","data":null}"#, .exhausted),
      (401, #"{"error":{"type":"CreditsError","message":"Insufficient balance. Manage your billing"}}"#, .exhausted),
      (403, #"{"error":{"message":"Key limit exceeded (monthly limit).","code":403}}"#, .exhausted),
      (
        429,
        #"{"error":{"type":"insufficient_quota","code":"credit_balance_exhausted","message":"You have no credits remaining"}}"#,
        .exhausted
      ),
      (403, #"{"error":{"code":"AccountOverdueError","message":"overdue"}}"#, .exhausted),
      (403, #"{"error":{"message":"账户余额不足，请充值"}}"#, .exhausted),
      (200, #"{"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}}"#, .exhausted),
      (200, #"{"base_resp":{"status_code":1004,"status_msg":"login fail"}}"#, .authentication),
      (200, #"{"base_resp":{"status_code":1002,"status_msg":"rate limit"}}"#, .throttle),
      (
        400,
        #"{"error":{"code":400,"message":"User location is not supported for the API use.","status":"FAILED_PRECONDITION"}}"#,
        .denied
      ),
      (403, #"{"error":{"type":"forbidden","message":"Request not allowed"}}"#, .denied),
      (403, #"{"error":{"message":"Access denied. Please check your network settings."}}"#, .denied),
      (403, #"{"message":"You don't have access to the model with the specified model ID."}"#, .denied),
      (
        404,
        #"{"error":{"message":"Your organization must be verified to use the model `x`.","code":"model_not_found"}}"#,
        .denied
      ),
      (
        429,
        #"{"error":{"message":"Request too large for x on tokens per min (TPM): Limit 10, Requested 20.","type":"tokens","code":"rate_limit_exceeded"}}"#,
        .configuration
      ),
      (
        429, #"{"error":{"message":"Rate limit reached for x on tokens per min","code":"rate_limit_exceeded"}}"#,
        .throttle
      ),
    ])
  func classes(status: Int, body: String, kind: FailureClass) {
    guard case .failure(let found, _, _) = Self.read(status, body) else {
      Issue.record("\(Self.read(status, body))")
      return
    }
    #expect(found == kind)
  }

  @Test("an error is told by its own name, and a page by its title")
  func words() {
    guard
      case .failure(_, let detail, _) = Self.read(
        400, #"{"error":{"code":null,"type":"invalid_request_error","message":"too large"}}"#),
      case .failure(_, let page, _) = Self.read(403, "<!DOCTYPE html><html><head><title>Sign In</title></head>")
    else {
      Issue.record("no failure")
      return
    }
    #expect(detail == "status 400: invalid_request_error: too large")
    #expect(page == "status 403: a web page in place of an answer: Sign In")
  }

  @Test(
    "a parameter that is left out is in no request, whatever a dialect calls it",
    arguments: Endpoint.DialectName.allCases)
  func omitted(name: Endpoint.DialectName) throws {
    let probe = Probe(id: PromptID("p"), prompt: "?")
    let item = PlannedItem(order: 0, model: ModelID("m"), probe: PromptID("p"), sample: 0, requestSeed: 7)
    func body(_ omitted: Set<SamplingParameter>) -> String {
      let endpoint = Endpoint(url: "http://h/v1", model: "x", dialect: name, streams: true, omitted: omitted)
      let request = name.dialect.request(
        for: item, probe: probe, endpoint: endpoint, sampling: Sampling(temperature: 0.5, topP: 0.25, logprobs: true),
        maxTokens: 9)
      return String(decoding: request.body, as: UTF8.self)
    }
    let (all, none) = (body([]), body(Set(SamplingParameter.allCases)))
    for word in SamplingParameter.allCases.flatMap(\.members) { #expect(!none.contains("\"\(word)\":"), "\(word)") }
    #expect(name == .manual || all.contains("0.5"))
  }
}
