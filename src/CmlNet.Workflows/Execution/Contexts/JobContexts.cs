using System.Runtime.InteropServices;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Execution.Files.Search;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Contexts;

/// <summary>The contexts of a running job: its own paths in <c>github</c>, and <c>runner</c>.</summary>
internal static class JobContexts
{
    /// <summary>For what is evaluated before the job has directories, as its <c>container</c>: the paths that it will see.</summary>
    public static ContextSet BeforeStart(string jobId, ContextSet contexts)
    {
        JobPaths paths = JobPaths.ForContainer("", RunInput.NameOf(ExpressionText.ToText(contexts.GitHub["repository"])));
        return contexts with
        {
            GitHub = GitHubOf(jobId, paths, contexts),
            Runner = RunnerOf(RuntimeInformation.OSArchitecture.ToString(), paths).ToExpressionValue(),
        };
    }

    public static ContextSet Of(RunContext run, string jobId, JobPaths paths, ContextSet contexts)
    {
        JobFileMap files = run.FilesOf(paths);
        return contexts with
        {
            GitHub = GitHubOf(jobId, paths, contexts),
            Runner = RunnerOf(run.EngineInfo.Architecture, paths).ToExpressionValue(),
            HashFiles = patterns => FileHashes.Compute(files, patterns, run.Time),
        };
    }

    private static ObjectValue GitHubOf(string jobId, JobPaths paths, ContextSet contexts)
    {
        ObjectValue gitHub = contexts.GitHub.Copy();
        gitHub["job"] = ExpressionValue.Of(jobId);
        gitHub["workspace"] = ExpressionValue.Of(paths.Workspace);
        gitHub["event_path"] = ExpressionValue.Of(paths.EventFile);
        return gitHub;
    }

    private static RunnerContext RunnerOf(string architecture, JobPaths paths) => new()
    {
        Architecture = RunnerContext.ArchitectureOf(architecture),
        Name = Environment.MachineName,
        Temp = paths.Temp,
        ToolCache = paths.ToolCache,
        Workspace = paths.RunnerWorkspace,
    };
}
