using System.Text.Json;

namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>The user agent that the Actions service expects: a JSON object (actions/scaleset, common_client.go).</summary>
internal static class UserAgents
{
    public static string Build(string version, int scaleSetId) => JsonSerializer.Serialize(
        new UserAgentWire { System = "cml", Version = version, BuildVersion = version, ScaleSetId = scaleSetId }, GitHubJson.Default.UserAgentWire);
}
