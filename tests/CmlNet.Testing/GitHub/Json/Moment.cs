using System.Globalization;

namespace CmlNet.Testing.GitHub.Json;

/// <summary>Times as GitHub writes them: whole seconds, UTC.</summary>
internal static class Moment
{
    public static string Render(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
