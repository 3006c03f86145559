using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Execution.Files.Search;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Contexts;

/// <summary>The contexts of a running job: its own paths in <c>github</c>, and <c>runner</c>.</summary>
internal static class JobContexts
{
    public static ContextSet Of(RunContext run, string jobId, JobPaths paths, ContextSet contexts)
    {
        ObjectValue gitHub = contexts.GitHub.Copy();
        gitHub.Add("job", jobId);
        gitHub.Add("workspace", paths.Workspace);
        gitHub.Add("event_path", paths.EventFile);
        var runner = new RunnerContext
        {
            Architecture = RunnerContext.ArchitectureOf(run.EngineInfo.Architecture),
            Name = Environment.MachineName,
            Temp = paths.Temp,
            ToolCache = paths.ToolCache,
            Workspace = paths.RunnerWorkspace,
        };
        var files = new JobFileMap(paths, run.Request.BindWorkspace ? run.Request.RepositoryRoot : null);
        return contexts with { GitHub = gitHub, Runner = runner.ToExpressionValue(), HashFiles = patterns => FileHashes.Compute(files, patterns, run.Time) };
    }
}
