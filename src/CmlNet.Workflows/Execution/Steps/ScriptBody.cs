using System.Text;
using CmlNet.Containers;
using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Shells;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>A <c>run:</c> step: the script goes to a file in the job's temp folder and one command runs it.</summary>
internal sealed class ScriptBody(RunDefaults? defaults) : IStepBody
{
    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        JobState state = invocation.State;
        ExpressionScope scope = ContextScopes.Step(invocation.Contexts);
        // Present: the parser demands run or uses, and only run steps come here.
        string script = new TemplateEvaluator(scope).EvaluateString(invocation.Step.Run!);
        string? shell = Text(invocation.Step.Shell ?? defaults?.Shell, scope);
        string? directory = Text(invocation.Step.WorkingDirectory ?? defaults?.WorkingDirectory, scope);

        // In a container nobody knows yet whether there is a bash: the command itself finds out, without another exec.
        bool asksForBash = string.IsNullOrWhiteSpace(shell) && !state.Spec.HasContainer && !invocation.Run.EngineInfo.RunsOnHost;
        bool inContainer = !invocation.Run.EngineInfo.RunsOnHost;
        ShellInvocation command = ShellCommand.Resolve(shell, inContainer, program => HostPrograms.Exists(program, invocation.Environment["PATH"]));
        string name = $"{Guid.NewGuid():N}{command.Extension}";
        await WriteScriptAsync(Path.Combine(state.Paths.HostScripts, name), command.Script(script), cancellationToken);
        LogHeader(invocation, script, asksForBash ? "bash -e {0}" : string.Join(' ', command.CommandLine(ShellInvocation.ScriptPlaceholder)));

        var exec = new ExecSpec
        {
            Command = asksForBash ? BashOrSh($"{state.Paths.Scripts}/{name}") : command.CommandLine($"{state.Paths.Scripts}/{name}"),
            Environment = invocation.Environment,
            WorkingDirectory = string.IsNullOrEmpty(directory) ? state.Paths.Workspace : Path.Combine(state.Paths.Workspace, directory),
        };
        return await StepProcess.RunAsync(invocation, output => invocation.Container.ExecAsync(exec, output, cancellationToken));
    }

    private static IReadOnlyList<string> BashOrSh(string script) =>
        ["/bin/sh", "-c", "command -v bash >/dev/null 2>&1 && exec bash -e \"$0\"; exec sh -e \"$0\"", script];

    private static string? Text(TemplateToken? token, ExpressionScope scope) => token is null ? null : new TemplateEvaluator(scope).EvaluateString(token);

    private static async Task WriteScriptAsync(string path, string script, CancellationToken cancellationToken)
    {
        // By its handle: a process that an earlier step left behind can put a link in the place of the name.
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file.SafeFileHandle, (UnixFileMode)0b111_101_101);
        await file.WriteAsync(Encoding.UTF8.GetBytes(script), cancellationToken);
    }

    private static void LogHeader(StepInvocation invocation, string script, string shell)
    {
        string[] lines = script.TrimEnd('\n').Split('\n');
        invocation.Log.Write($"##[group]Run {lines[0]}");
        foreach (string line in lines)
            invocation.Log.Write(line);
        invocation.Log.Write($"shell: {shell}");
        if (invocation.StepEnvironment.Count > 0 || invocation.State.Environment.Count > 0)
        {
            invocation.Log.Write("env:");
            foreach ((string name, string value) in invocation.State.Environment.Where(pair => !invocation.StepEnvironment.ContainsKey(pair.Key)).Concat(invocation.StepEnvironment))
                invocation.Log.Write($"  {name}: {value}");
        }
        invocation.Log.Write("##[endgroup]");
    }
}
