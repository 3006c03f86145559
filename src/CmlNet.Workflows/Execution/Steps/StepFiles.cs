using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Files;
using Microsoft.Win32.SafeHandles;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>The five files through which a step speaks: created empty before it, read after it, even when it failed.</summary>
internal sealed class StepFiles
{
    private static readonly (string Variable, string Prefix)[] Names =
    [
        ("GITHUB_ENV", "set_env"), ("GITHUB_OUTPUT", "set_output"), ("GITHUB_PATH", "add_path"), ("GITHUB_STATE", "save_state"), ("GITHUB_STEP_SUMMARY", "step_summary"),
    ];

    private readonly Dictionary<string, string> _hostPaths = new(StringComparer.Ordinal);

    public StepFiles(JobPaths paths)
    {
        string suffix = Guid.NewGuid().ToString();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string variable, string prefix) in Names)
        {
            string name = $"{prefix}_{suffix}";
            string path = Path.Combine(paths.HostCommands, name);
            // Must be new, and its mode is set on the open file: a job that put a link in its place gains nothing.
            using (SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write))
            {
                // The image's user is not known here and need not be ours.
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(file, (UnixFileMode)0b110_110_110);
            }
            _hostPaths[variable] = path;
            variables[variable] = $"{paths.Commands}/{name}";
        }
        Variables = variables;
    }

    /// <summary>GITHUB_ENV and the rest, with the paths as the step sees them.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Applies what the step wrote. Returns the errors; each fails the step.</summary>
    public IReadOnlyList<string> Apply(StepInvocation invocation)
    {
        var errors = new List<string>();
        Try(errors, "GITHUB_ENV", path => ApplyEnvironment(Text(path), invocation));
        Try(errors, "GITHUB_OUTPUT", path => ForEach(EnvironmentFile.Parse(Text(path)), invocation.Outputs.Set));
        Try(errors, "GITHUB_PATH", path => PathFile.Parse(Text(path)).ToList().ForEach(invocation.State.AddPath));
        Try(errors, "GITHUB_STATE", path => ForEach(EnvironmentFile.Parse(Text(path)), (name, value) => invocation.SavedState[name] = value));
        Try(errors, "GITHUB_STEP_SUMMARY", path => ApplySummary(path, invocation));
        return errors;
    }

    private static string Text(string path) => CommandFileReader.Read(path)?.Text ?? "";

    private static void ApplyEnvironment(string text, StepInvocation invocation)
    {
        foreach ((string name, string value) in EnvironmentFile.Parse(text))
        {
            if (EnvironmentRules.IsBlocked(name))
                invocation.ReportError(EnvironmentRules.Refusal(name));
            else
                invocation.State.Environment[name] = value;
        }
    }

    private static void ApplySummary(string path, StepInvocation invocation)
    {
        StepSummary summary = StepSummaryFile.Read(CommandFileReader.ReadUpTo(path, StepSummaryFile.MaximumSize), invocation.Run.Masker.Mask);
        if (summary.Error is not null)
            invocation.ReportError(summary.Error);
        if (summary.Markdown.Length > 0)
            invocation.State.AddSummary(summary.Markdown);
    }

    private static void ForEach(IEnumerable<KeyValuePair<string, string>> pairs, Action<string, string> action)
    {
        foreach ((string name, string value) in pairs)
            action(name, value);
    }

    private void Try(List<string> errors, string variable, Action<string> apply)
    {
        try
        {
            apply(_hostPaths[variable]);
        }
        catch (Exception e) when (e is EnvironmentFileException or CommandFileException)
        {
            errors.Add($"Unable to process file command '{variable}' successfully. {e.Message}");
        }
    }
}
