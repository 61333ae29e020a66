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
      (
        451,
        #"{"error":{"message":"The content you provided or machine outputted is blocked.","type":"censorship_blocked"}}"#
      ),
      (
        400,
        #"{"error":{"code":"invalid_prompt","message":"Invalid prompt: we've limited access to this content for safety reasons."}}"#
      ),
      (400, #"{"message":"blocked output: please adjust your prompt and try again"}"#),
      (424, #"{"success":false,"error":[{"code":2016,"message":"Prompt blocked due to security configurations"}]}"#),
      (400, #"{"error":{"code":"10013","message":"The input content did not pass the audit"}}"#),
      (200, #"{"error_code":336104,"error_msg":"the content of message is not allowed: unsafe"}"#),
      (200, #"{"Response":{"Error":{"Code":"FailedOperation.ContentRisk","Message":"x"}}}"#),
      (403, "Forbidden: blocked by our content safety policy"),
      (
        200,
        #"{"choices":[{"finish_reason":"error","message":{"content":""},"error":{"code":403,"message":"content management policy"}}]}"#
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

  @Test(
    "an account without quota, a right that is wanting and a refused key are told by their words, whatever the status",
    arguments: [
      (
        400, #"{"error":{"type":"budget_exceeded","message":"Budget has been exceeded! Max budget: 10.0"}}"#, .exhausted
      ),
      (
        400,
        #"{"error":{"message":"Budget has been exceeded! Current cost: 0.1, Max budget: 0.0","type":"auth_error"}}"#,
        .exhausted
      ),
      (429, #"{"error":{"message":"No deployments available - crossed budget: Exceeded budget for x"}}"#, .exhausted),
      (403, #"{"error":{"code":"AllocationQuota.FreeTierOnly","message":"The free tier is exhausted."}}"#, .exhausted),
      (403, #"{"error":{"code":"insufficient_user_quota","message":"预扣费额度失败"}}"#, .exhausted),
      (429, #"{"success":false,"errors":[{"code":4006,"message":"used up your daily free allocation"}]}"#, .exhausted),
      (429, #"{"message":"Requests per day limit exceeded","code":"request_quota_exceeded"}"#, .exhausted),
      (429, #"{"error":"you have reached your weekly usage limit"}"#, .exhausted),
      (403, #"{"error":{"message":"It requires a valid credit card on file."}}"#, .exhausted),
      (429, #"{"message":"limited to 40 API calls / minute"}"#, .throttle),
      (429, #"{"error":{"message":"tokens per day (TPD): Limit 9. Please try again in 2m3s."}}"#, .throttle),
      (429, #"{"error":{"message":"tokens per min. You can increase it by adding a payment method."}}"#, .throttle),
      (
        400, #"{"code":"Client specified an invalid argument","error":"Incorrect API key provided: sk***."}"#,
        .authentication
      ),
      (403, #"{"error":{"message":"Your API key was reported as leaked."}}"#, .authentication),
      (403, #"{"message":"The security token included in the request is invalid."}"#, .authentication),
      (401, #"{"error":{"type":"key_model_access_denied","message":"key not allowed to access model."}}"#, .denied),
      (401, #"{"error":{"message":"You have insufficient permissions. Missing scopes: model.request."}}"#, .denied),
      (403, #"{"error":{"message":"Permission 'x' denied on resource 'y' (or it may not exist)."}}"#, .denied),
      (403, #"{"Message":"User: x is not authorized to perform: bedrock:InvokeModel"}"#, .denied),
      (403, #"{"error":{"message":"Requests from referer <empty> are blocked."}}"#, .denied),
      (498, #"{"error":{"type":"capacity_exceeded","message":"over capacity"}}"#, .throttle), (420, "calm", .throttle),
      (424, #"{"error":"Request failed during generation","error_type":"generation"}"#, .transient),
      (499, "", .transient), (423, "", .transient),
      (200, #"{"type":"error","code":"rate_limit_exceeded","message":"slow"}"#, .throttle),
      (200, #"{"code":429,"msg":"too fast"}"#, .throttle),
    ] as [(Int, String, FailureClass)])
  func accounts(status: Int, body: String, kind: FailureClass) {
    guard case .failure(let found, _, _) = Self.read(status, body) else {
      Issue.record("\(Self.read(status, body))")
      return
    }
    #expect(found == kind)
  }

  @Test(
    "a parameter that is refused is known in the words of many servers",
    arguments: [
      (400, #"{"error":{"message":"top_p: Extra inputs are not permitted"}}"#),
      (
        422,
        #"{"detail":[{"type":"extra_forbidden","loc":["body","logprobs"],"msg":"Extra inputs are not permitted"}]}"#
      ),
      (
        422,
        #"{"object":"error","message":{"detail":[{"loc":["body","seed"],"msg":"Extra inputs are not permitted"}]}}"#
      ),
      (400, #"{"message":"Malformed input request: #: extraneous key [seed] is not permitted"}"#),
      (400, #"{"error":{"code":400,"message":"Logprobs is not enabled for models/x"}}"#),
      (400, #"{"message":"parameter logprobs is not supported by the provided model"}"#),
      (400, #"{"code":"Client specified an invalid argument","error":"Argument not supported on this model: seed"}"#),
      (400, #"{"error":{"message":"Unrecognized request argument supplied: logprobs"}}"#),
      (403, #"{"error":{"message":"You are not allowed to request logprobs from this model"}}"#),
      (500, #"{"error":{"message":"create() got an unexpected keyword argument 'seed'"}}"#),
      (422, "Failed to deserialize the JSON body into the target type: unknown field `seed`"),
      (400, #"{"error":{"message":"invalid temperature: only 1 is allowed for this model"}}"#),
      (400, #"{"error":{"message":"`temperature` may only be set to 1 when thinking is enabled."}}"#),
      (400, #"{"error":{"code":"1210","message":"不支持参数 logprobs"}}"#),
      (400, #"{"error":{"message":"Unsupported parameter: 'n'"}}"#),
      (400, #"{"error":{"message":"This model does not support temperature"}}"#),
      (400, #"{"error":{"message":"temperature and top_p cannot both be specified for this model"}}"#),
      (400, #"{"error":{"message":"This model does not support the temperature parameter."}}"#),
    ])
  func parameters(status: Int, body: String) {
    guard case .failure(.parameter, _, _) = Self.read(status, body) else {
      Issue.record("\(Self.read(status, body))")
      return
    }
  }

  @Test(
    "a model that has a parameter's name in its own, and a request that is too long, refuse no parameter",
    arguments: [
      #"{"error":{"message":"Model seed-oss is not supported"}}"#,
      #"{"error":{"message":"You requested 5000 tokens. Reduce the length of the messages (max_tokens)."}}"#,
      #"{"error":{"message":"Images are not supported in a conversation"}}"#,
      // Errors that repeat the prompt.
      #"{"error":{"message":"Content not allowed: What temperature does water boil at?"}}"#,
      #"{"error":{"message":"not permitted: Name a fruit without a seed."}}"#,
    ])
  func otherRefusals(body: String) {
    guard case .failure(.configuration, _, _) = Self.read(400, body) else {
      Issue.record("\(Self.read(400, body))")
      return
    }
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
