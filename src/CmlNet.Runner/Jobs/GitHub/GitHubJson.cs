using System.Text.Json.Serialization;
using CmlNet.Runner.Jobs.GitHub.Rest;
using CmlNet.Runner.Jobs.GitHub.ScaleSets;

namespace CmlNet.Runner.Jobs.GitHub;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(RegistrationEvent))]
[JsonSerializable(typeof(RegistrationAnswer))]
[JsonSerializable(typeof(ActionsError))]
[JsonSerializable(typeof(JwtHeader))]
[JsonSerializable(typeof(JwtBody))]
[JsonSerializable(typeof(UserAgentWire))]
[JsonSerializable(typeof(RunnerGroupList))]
[JsonSerializable(typeof(ScaleSet))]
[JsonSerializable(typeof(ScaleSetList))]
[JsonSerializable(typeof(NewScaleSet))]
[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(MessageEnvelope))]
[JsonSerializable(typeof(IReadOnlyList<JobMessage>))]
[JsonSerializable(typeof(IReadOnlyList<long>))]
[JsonSerializable(typeof(AcquiredJobs))]
[JsonSerializable(typeof(JitRequest))]
[JsonSerializable(typeof(JitAnswer))]
[JsonSerializable(typeof(Agent))]
[JsonSerializable(typeof(AgentList))]
[JsonSerializable(typeof(RunList))]
[JsonSerializable(typeof(JobList))]
[JsonSerializable(typeof(WorkflowJob))]
[JsonSerializable(typeof(RestJitRequest))]
[JsonSerializable(typeof(RestJitAnswer))]
[JsonSerializable(typeof(RestRunnerList))]
[JsonSerializable(typeof(WorkflowJobEvent))]
[JsonSerializable(typeof(WorkflowRun))]
[JsonSerializable(typeof(IReadOnlyList<PullRequestAnswer>))]
internal sealed partial class GitHubJson : JsonSerializerContext;
