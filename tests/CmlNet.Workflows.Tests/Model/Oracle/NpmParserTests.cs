using System.Globalization;
using System.Text.RegularExpressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Tests.Model.Oracle;

/// <summary>What <c>cml workflow check</c> finds beside what GitHub's parser for editors finds: the same places, but for what is listed with its reason.</summary>
public sealed partial class NpmParserTests
{
    private const string Unlooked = "The package does not look there.";
    private const string Eager = "The package wants a mapping where the runner takes an expression.";

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["j-cont8"] = Unlooked,
        ["j-svc3"] = Unlooked,
        ["j-st3"] = Unlooked,
        ["j-st4"] = Unlooked,
        ["j-st7"] = Unlooked,
        ["j-st9"] = "Only our linter asks whether a need is listed.",
        ["j-st14"] = Unlooked,
        ["j-st15"] = Unlooked,
        ["s-uses"] = Unlooked,
        ["o-onboth"] = Unlooked,
        ["j-env2"] = Eager,
        ["j-svc5"] = Eager,
        ["s-with"] = Eager,
        ["j-svc4"] = "The package says of a file whose jobs it gave up that it has none.",
        ["n-case"] = "The runner finds needs whatever their case.",
        ["s-ids"] = "The runner compares ids whatever their case.",
        ["o-call2"] = "workflow_call has no choices, which both say; the package misses their options besides.",
        ["o-disp"] = "The runner takes an input without anything for a string.",
        ["s-background"] = "The package knows keys of steps that are behind a switch of GitHub's.",
    };

    private static readonly (string Place, string Text)[] Places =
    [
        ("run-name", "run-name: E"), ("env", "env: {A: E}"), ("concurrency", "concurrency: E"), ("defaults", "defaults: {run: {shell: E}}"), ("name", "name: E"), ("input default", "on: {workflow_call: {inputs: {i: {type: string, default: E}}}}"),
        ("call output", "on: {workflow_call: {outputs: {o: {value: E}}}}"), ("permissions", "permissions: E"),
        ("job name", "J name: E"), ("runs-on", "R runs-on: E"), ("labels", "R runs-on: {labels: [E]}"), ("job if", "J if: E"), ("matrix", "J strategy: {matrix: {a: [E]}}"), ("max-parallel", "J strategy: {max-parallel: E}"),
        ("job timeout", "J timeout-minutes: E"), ("job continue", "J continue-on-error: E"), ("container", "J container: E"), ("container env", "J container: {image: x, env: {A: E}}"),
        ("credentials", "J container: {image: x, credentials: {username: u, password: E}}"), ("options", "J container: {image: x, options: E}"), ("service", "J services: {a: E}"), ("service env", "J services: {a: {image: x, env: {A: E}}}"),
        ("job env", "J env: {A: E}"), ("environment", "J environment: E"), ("environment url", "J environment: {name: x, url: E}"), ("job concurrency", "J concurrency: {group: E}"), ("outputs", "J outputs: {a: E}"),
        ("job shell", "J defaults: {run: {shell: E}}"), ("snapshot if", "J snapshot: {image-name: x, if: E}"), ("needs", "J needs: E"), ("with", "C with: {a: E}"), ("secrets", "C secrets: {a: E}"), ("uses", "R uses: E"),
        ("step name", "S name: E"), ("step run", "S working-directory: E"), ("step if", "S if: E"), ("step env", "S env: {A: E}"), ("shell", "S shell: E"), ("step timeout", "S timeout-minutes: E"), ("step continue", "S continue-on-error: E"), ("step id", "S id: E"),
    ];

    private static readonly string[] Names =
    [
        "toJSON(github)", "toJSON(inputs)", "toJSON(vars)", "toJSON(needs)", "toJSON(strategy)", "toJSON(matrix)", "toJSON(secrets)", "toJSON(steps)", "toJSON(job)", "toJSON(runner)", "toJSON(env)", "toJSON(jobs)",
        "success()", "success('a')", "failure()", "always()", "cancelled()", "hashFiles('a')", "fromJSON('1')",
    ];

    [SkippableFact]
    public async Task Check_OnManyWorkflows_FindsThePlacesThatThePackageFinds()
    {
        IReadOnlyDictionary<string, string> corpus = WorkflowCorpus.Build();
        IReadOnlyList<IReadOnlyList<string>> theirs = await NpmParser.ErrorsAsync([.. corpus.Values]);
        var different = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((KeyValuePair<string, string> item, IReadOnlyList<string> npm) in corpus.Zip(theirs))
        {
            IReadOnlyList<WorkflowError> ours = WorkflowParser.Parse("w.yml", item.Value).Errors;
            string[] npmPlaces = [.. npm.Select(Place).Distinct().Order(StringComparer.Ordinal)];
            string[] ourPlaces = [.. ours.Select(error => $"{error.Location.Line}:{error.Location.Column}").Distinct().Order(StringComparer.Ordinal)];
            // Of YAML that cannot be read each library points elsewhere.
            bool isSame = npmPlaces.Contains("") ? ours.Count > 0 : npmPlaces.SequenceEqual(ourPlaces);
            if (!isSame)
                different.Add(item.Key, $"{item.Key}\n  package: {string.Join(" | ", npm)}\n  ours:    {string.Join(" | ", ours)}");
        }

        Assert.True(different.Keys.All(Known.ContainsKey), string.Join('\n', different.Where(item => !Known.ContainsKey(item.Key)).Select(item => item.Value)));
        Assert.Empty(Known.Keys.Except(different.Keys));
    }

    [SkippableFact]
    public async Task Contexts_OfEveryKey_AreThoseOfThePackage()
    {
        (string Place, string Name, string Text)[] all = [.. Places.SelectMany(place => Names.Select(name => (place.Place, name, Workflow(place.Text.Replace("E", $"'${{{{ {name.Replace("'", "''", StringComparison.Ordinal)} }}}}'", StringComparison.Ordinal)))))];
        IReadOnlyList<IReadOnlyList<string>> theirs = await NpmParser.ErrorsAsync([.. all.Select(item => item.Text)]);
        string[] different =
        [
            .. all.Zip(theirs)
                .Select(pair => (pair.First, Npm: pair.Second, Ours: WorkflowParser.Parse("w.yml", pair.First.Text).Errors))
                .Where(item => Refuses(item.Npm) != Refuses([.. item.Ours.Select(error => error.Message)]))
                .Select(item => $"{item.First.Place}: {item.First.Name}\n  package: {string.Join(" | ", item.Npm)}\n  ours:    {string.Join(" | ", item.Ours)}"),
        ];
        Assert.True(different.Length == 0, string.Join('\n', different));
    }

    /// <summary>Whether the expression, not the value, is what is wrong.</summary>
    private static bool Refuses(IReadOnlyList<string> messages) => messages.Any(message => message.Contains("Unrecognized", StringComparison.Ordinal) || message.Contains("not allowed in this context", StringComparison.Ordinal) || message.Contains("Too many", StringComparison.Ordinal));

    private static string Workflow(string key)
    {
        string on = key.StartsWith("on:", StringComparison.Ordinal) ? "" : "on: push\n";
        return key[..2] switch
        {
            "J " => $"{on}jobs:\n  build:\n    runs-on: x\n    {key[2..]}\n    steps: [{{run: x}}]\n",
            "R " => $"{on}jobs:\n  build:\n    {key[2..]}\n",
            "C " => $"{on}jobs:\n  build:\n    uses: a/b/.github/workflows/c.yml@v1\n    {key[2..]}\n",
            "S " => $"{on}jobs:\n  build:\n    runs-on: x\n    steps:\n      - run: x\n        {key[2..]}\n",
            _ => $"{on}{key}\njobs:\n  build:\n    runs-on: x\n    steps: [{{run: x}}]\n",
        };
    }

    private static string Place(string message) => LineAndColumn().Match(message) is { Success: true } match
        ? string.Create(CultureInfo.InvariantCulture, $"{match.Groups[1].Value}:{match.Groups[2].Value}")
        : "";

    [GeneratedRegex(@"\(Line: (\d+), Col: (\d+)\)")]
    private static partial Regex LineAndColumn();
}
