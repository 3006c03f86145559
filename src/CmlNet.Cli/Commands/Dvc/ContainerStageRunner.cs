using System.ComponentModel;
using System.Diagnostics;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>Runs a stage with an image (<c>--image</c>, or <c>meta: {image: …}</c>) in a container with the project mounted at its own path, as the user who called; any other stage in the shell.</summary>
internal sealed class ContainerStageRunner(string? image, IStageRunner shell, CliHost host) : IStageRunner
{
    public async Task<int> RunAsync(Stage stage, DvcProject project, Action<string> announce, CancellationToken cancellationToken)
    {
        string? named = image ?? stage.Meta?.Find("image")?.Text;
        if (string.IsNullOrEmpty(named))
            return await shell.RunAsync(stage, project, announce, cancellationToken);
        if (named.StartsWith('-'))
            throw new DvcException($"stage '{stage.Address}': '{named}' is no name of an image");
        foreach (string command in StageShell.Commands(stage))
        {
            announce(command);
            if (await RunAsync(named, command, stage, project, cancellationToken) is var code and not 0)
                return code;
        }

        return 0;
    }

    private async Task<int> RunAsync(string named, string command, Stage stage, DvcProject project, CancellationToken cancellationToken)
    {
        string name = $"cml-stage-{Guid.NewGuid():N}";
        List<string> arguments =
        [
            "run", "--rm", "--init", "--name", name, "--volume", $"{project.Root}:{project.Root}", "--workdir", project.FullPath(stage.Folder),
            "--env", $"DVC_ROOT={project.Root}", "--env", $"DVC_STAGE={stage.Address}", "--entrypoint", "/bin/sh",
        ];
        if (!OperatingSystem.IsWindows() && host.Environment.GetValueOrDefault("UID") is { Length: > 0 } user)
            arguments.AddRange(["--user", user]);
        if (stage.Meta?.Find("gpus") is { } gpus)
            arguments.AddRange(["--gpus", CmlNet.Dvc.Values.PythonText.Text(gpus)]);
        // Objects that the work tree links to lie in the cache.
        if (!project.Cache.Root.StartsWith(project.Root + "/", StringComparison.Ordinal))
            arguments.AddRange(["--volume", $"{project.Cache.Root}:{project.Cache.Root}"]);
        arguments.AddRange([named, "-c", command]);
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("docker", arguments) { UseShellExecute = false })!; // only null when a process is reused
            try
            {
                await process.WaitForExitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                using Process kill = Process.Start(new ProcessStartInfo("docker", ["kill", name]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!; // as above
                await kill.WaitForExitAsync(CancellationToken.None);
                throw;
            }

            return process.ExitCode;
        }
        catch (Win32Exception e)
        {
            throw new DvcException($"stage '{stage.Address}' wants the image {named}, and 'docker' cannot be started; install it, or run without --image", innerException: e);
        }
    }
}
