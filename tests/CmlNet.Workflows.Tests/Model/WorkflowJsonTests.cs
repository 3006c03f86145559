using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Calls;
using CmlNet.Workflows.Model.Json;

namespace CmlNet.Workflows.Tests.Model;

/// <summary>Each <c>Golden/*.yml</c> gives the <c>.json</c> beside it; a first line <c># include-source</c> asks for places.</summary>
public sealed class WorkflowJsonTests
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(ThisFile())!, "Golden");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.yml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Workflow_AsJson_IsAsRecorded(string name)
    {
        string actual = Render(name, File.ReadAllText(Path.Combine(Folder, $"{name}.yml")));
        string expected = Path.Combine(Folder, $"{name}.json");
        if (Environment.GetEnvironmentVariable("CML_UPDATE_GOLDENS") == "1")
            File.WriteAllText(expected, actual);
        Assert.Equal(File.ReadAllText(expected), actual);
    }

    [Fact]
    public void Errors_LongAndMany_AreCut()
    {
        string text = "on: push\njobs:\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"  a{i}: {{runs-on: x, {new string('k', 600)}: 1}}\n"));
        WorkflowParseResult result = WorkflowParser.Parse("w.yml", text);
        using JsonDocument document = JsonDocument.Parse(Write(writer => WorkflowJson.WriteErrors(writer, WorkflowJson.Fatal(result))));
        JsonElement errors = document.RootElement.GetProperty("errors");
        Assert.Equal(10, errors.GetArrayLength());
        string message = errors[0].GetProperty("Message").GetString()!;
        Assert.Equal(505, message.Length);
        Assert.EndsWith("kkk[...]", message, StringComparison.Ordinal);
    }

    private static string Render(string name, string text)
    {
        string path = $".github/workflows/{name}.yml";
        WorkflowParseResult result = WorkflowParser.Parse(path, text);
        IReadOnlyList<WorkflowError> errors = WorkflowJson.Fatal(result);
        if (errors.Count > 0 || result.GitHubView is not { } workflow)
            return Write(writer => WorkflowJson.WriteErrors(writer, errors));
        WorkflowCallResult calls = new WorkflowCallResolver(Load).Resolve(workflow);
        return Write(writer =>
        {
            if (calls.Errors.Count > 0)
                WorkflowJson.WriteErrors(writer, calls.Errors);
            else
                WorkflowJson.Write(writer, result, calls, text.StartsWith("# include-source", StringComparison.Ordinal));
        });
    }

    /// <summary><c>.github/workflows/x.yml</c> and <c>o/r/x.yml@ref</c> are both <c>Golden/called/x.yml</c>.</summary>
    private static string? Load(string reference)
    {
        string file = Path.Combine(Folder, "called", Path.GetFileName(reference.Split('@')[0]));
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(writer);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
