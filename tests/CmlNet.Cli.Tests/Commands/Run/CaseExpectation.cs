using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>
/// What <c>Cases/&lt;name&gt;/expected.json</c> says: how to run the case, and what must come out. Only what it names is compared;
/// <c>Cases/README.md</c> explains it to people who add a case.
/// </summary>
internal sealed record CaseExpectation
{
    /// <summary>After <c>cml run</c>; <c>--engine</c> is added.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>What <c>--image ubuntu-latest=</c> gets; null leaves the flag out.</summary>
    public string? Image { get; init; } = "cmlnet-test/python3:1";

    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary><c>docker</c>, <c>process</c> or both, one run each.</summary>
    public IReadOnlyList<string> Engines { get; init; } = ["docker"];

    public int ExitCode { get; init; }

    /// <summary>Texts that standard output and error together must hold.</summary>
    public IReadOnlyList<string> Prints { get; init; } = [];

    /// <summary>Whole standard error, line by line; for messages.</summary>
    public IReadOnlyList<string>? Error { get; init; }

    /// <summary>Texts that must be nowhere in the run directory, standard output or standard error.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>Part of <c>run.json</c>: objects may leave members out, arrays are whole. A step's <c>log</c> is a list of lines that must come in this order.</summary>
    public JsonObject? Run { get; init; }

    /// <summary>Files of the run directory to texts they must hold.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Files { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    public static CaseExpectation Read(string path) => JsonSerializer.Deserialize<CaseExpectation>(File.ReadAllText(path), Options) ?? throw new InvalidOperationException($"{path} is empty");

    private static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };
}
