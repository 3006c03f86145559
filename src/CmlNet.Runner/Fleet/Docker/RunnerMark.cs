using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CmlNet.Runner.Fleet.Docker;

/// <summary>
/// The label that the official runner gives to the containers and networks that it makes itself, for jobs with <c>container:</c>
/// or services: the first six digits of a hash of its settings (actions/runner, DockerCommandManager.cs).
/// </summary>
internal static class RunnerMark
{
    private const int Length = 6;

    /// <summary>Null when the configuration does not have the form that it had so far.</summary>
    public static string? Find(string jitConfiguration)
    {
        try
        {
            using JsonDocument files = JsonDocument.Parse(Convert.FromBase64String(jitConfiguration));
            if (files.RootElement.ValueKind != JsonValueKind.Object || !files.RootElement.TryGetProperty(".runner", out JsonElement settings) || settings.ValueKind != JsonValueKind.String)
                return null;
            // The runner hashes the text that it has read, without a mark at its beginning.
            string text = Encoding.UTF8.GetString(settings.GetBytesFromBase64()).TrimStart('\uFEFF');
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Length];
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }
}
