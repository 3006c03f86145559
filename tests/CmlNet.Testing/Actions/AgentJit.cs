using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CmlNet.Testing.Actions.State;

namespace CmlNet.Testing.Actions;

/// <summary>
/// The configuration that a runner is started with: as GitHub's, base64 of a JSON object of file names and base64
/// contents. What the fake's own runner needs stands in it as plain text under <c>fake</c>.
/// </summary>
public static class AgentJit
{
    /// <summary>Content of <c>.runner</c>, whose hash marks everything that the runner makes on its engine.</summary>
    public static string Settings(FakeAgent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return new JsonObject { ["AgentId"] = agent.Id.ToString(CultureInfo.InvariantCulture), ["AgentName"] = agent.Name, ["Ephemeral"] = "True", ["WorkFolder"] = agent.WorkFolder }.ToJsonString();
    }

    internal static string Write(FakeActionsService fake, FakeAgent agent) => Convert.ToBase64String(Encoding.UTF8.GetBytes(new JsonObject
    {
        [".runner"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Settings(agent))),
        ["fake"] = $"{new Uri(fake.Url).Authority} {agent.Id.ToString(CultureInfo.InvariantCulture)} {agent.Secret} {agent.Name}",
    }.ToJsonString()));

    /// <summary>Who it is for.</summary>
    public static (int AgentId, string Secret) Read(string configuration)
    {
        string[] parts = ((string?)JsonNode.Parse(Convert.FromBase64String(configuration))?["fake"] ?? "").Split(' ');
        return (int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
    }
}
