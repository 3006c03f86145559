using System.Text.RegularExpressions;
using CmlNet.Workflows.Execution.Files;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Actions.Tools;

/// <summary>The Python version that a file of the workspace asks for.</summary>
internal static partial class PythonVersionFile
{
    /// <param name="invocation">The step.</param>
    /// <param name="path"><c>.python-version</c>, <c>pyproject.toml</c>, <c>.tool-versions</c> or <c>Pipfile</c>, from the workspace.</param>
    public static string Read(StepInvocation invocation, string path)
    {
        JobFileMap map = invocation.Files;
        string host = map.ToHost(path) ?? throw new StepFailedException($"The specified python version file at: {path} is not in the workspace.");
        // Not null: the map led there.
        LinkFreePath.Demand(map.RootOf(host)!, host, path);
        string text;
        try
        {
            text = CommandFileReader.Read(host, 1024 * 1024)?.Text ?? throw new StepFailedException($"The specified python version file at: {path} doesn't exist.");
        }
        catch (CommandFileException e)
        {
            throw new StepFailedException($"The python version file {path} cannot be read: {e.Message}", e);
        }
        return Find(Path.GetFileName(path), text) ?? throw new StepFailedException($"No python version was found in {path}.");
    }

    internal static string? Find(string name, string text) => name switch
    {
        "pyproject.toml" => First(RequiresPython(), text),
        "Pipfile" => First(PipfileVersion(), text),
        ".tool-versions" => First(ToolVersion(), text),
        _ => text.Split('\n').Select(line => line.Split('#')[0].Trim()).FirstOrDefault(line => line.Length > 0),
    };

    private static string? First(Regex regex, string text) => regex.Match(text) is { Success: true } match ? match.Groups["version"].Value : null;

    [GeneratedRegex("^(requires-python|python) *= *[\"'](?<version>[^\"'\n]+)[\"']", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RequiresPython();

    [GeneratedRegex("^python_(full_)?version *= *[\"'](?<version>[^\"'\n]+)[\"']", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PipfileVersion();

    [GeneratedRegex(@"^python +(?<version>[^ \n#]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ToolVersion();
}
