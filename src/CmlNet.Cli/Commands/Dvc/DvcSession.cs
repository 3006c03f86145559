using System.CommandLine;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>What every <c>dvc</c> command does around its own work: finds the project, takes its lock, says errors as DVC does.</summary>
internal static class DvcSession
{
    /// <summary>Gives a command its action, in a project that is locked while it runs.</summary>
    public static void SetProjectAction(this Command command, CliHost host, Func<ParseResult, DvcProject, CancellationToken, Task<int>> action, bool isLocked = true)
        => command.SetDvcAction(host, async (parsed, cancellationToken) =>
        {
            DvcProject project = DvcProject.Open(host.WorkingDirectory, host.Environment, host.Time);
            using ProjectLock? taken = isLocked ? await project.LockAsync(cancellationToken) : null;
            try
            {
                return await action(parsed, project, cancellationToken);
            }
            finally
            {
                project.SaveState();
            }
        });

    /// <summary>Gives a command its action, outside of any project.</summary>
    public static void SetDvcAction(this Command command, CliHost host, Func<ParseResult, CancellationToken, Task<int>> action)
        => command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await action(parsed, cancellationToken);
            }
            catch (DvcException e)
            {
                throw new CliException(e.ExitCode, "ERROR: " + e.Message, e);
            }
            catch (AggregateException e) when (e.Flatten().InnerExceptions.OfType<DvcException>().FirstOrDefault() is { } inner)
            {
                throw new CliException(inner.ExitCode, "ERROR: " + inner.Message, e);
            }
            catch (AggregateException e) when (e.Flatten().InnerExceptions.FirstOrDefault(IsOfFiles) is { } inner)
            {
                throw new CliException(DvcException.General, "ERROR: " + inner.Message, e);
            }
            catch (HttpRequestException e)
            {
                throw new CliException(DvcException.General, $"ERROR: the remote cannot be reached: {e.Message}", e);
            }
            catch (Exception e) when (IsOfFiles(e))
            {
                throw new CliException(DvcException.General, "ERROR: " + e.Message, e);
            }
        });

    /// <summary>Targets as the user gave them, relative to the project's root.</summary>
    public static IReadOnlyList<string> Targets(this DvcProject project, CliHost host, IEnumerable<string>? targets) =>
        [.. (targets ?? []).Select(target => target.StartsWith(':') ? "dvc.yaml" + target : target).Select(target => target.Contains(':', StringComparison.Ordinal) && target.LastIndexOf(':') is var colon and > 0
            ? $"{project.RelativeTo(host.WorkingDirectory, target[..colon])}:{target[(colon + 1)..]}"
            : IsStageName(project, host, target) ? target : project.RelativeTo(host.WorkingDirectory, target))];

    /// <summary>A path of the project as seen from where the user is.</summary>
    public static string Shown(this DvcProject project, CliHost host, string path)
    {
        string shown = path.StartsWith('/') ? path : Path.GetRelativePath(host.WorkingDirectory, project.FullPath(path)).Replace(Path.DirectorySeparatorChar, '/');
        return path.EndsWith('/') && !shown.EndsWith('/') ? shown + "/" : shown;
    }

    public static void WriteJson(this CliHost host, DvcValue value) => host.Out.Write(PythonText.Json(value, sortKeys: false) + "\n");

    // A bare name that is no file is a stage's.
    private static bool IsStageName(DvcProject project, CliHost host, string target) =>
        !target.Contains('/', StringComparison.Ordinal) && !target.StartsWith('.') && !Path.Exists(Path.Combine(host.WorkingDirectory, target)) && Path.GetFullPath(host.WorkingDirectory) == project.Root;

    private static bool IsOfFiles(Exception e) => e is IOException or UnauthorizedAccessException;
}
