using System.ComponentModel;
using System.Diagnostics;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>Runs a stage with an image (<c>--image</c>, or <c>meta: {image: …}</c>) in a container with the project mounted at its own path, as the user who called; any other stage in the shell.</summary>
internal sealed class ContainerStageRunner(string? image, IStageRunner shell, StageSurroundings surroundings) : IStageRunner
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
        try
        {
            return await StageProcess.RunAsync(new ProcessStartInfo("docker", Arguments(name, named, command, stage, project)), surroundings, () => EndAsync(name), cancellationToken);
        }
        catch (Win32Exception e)
        {
            throw new DvcException($"stage '{stage.Address}' wants the image {named}, and 'docker' cannot be started; install it, or run without --image", innerException: e);
        }
    }

    private List<string> Arguments(string name, string named, string command, Stage stage, DvcProject project)
    {
        List<string> arguments =
        [
            "run", "--rm", "--init", "--name", name, "--volume", $"{project.Root}:{project.Root}", "--workdir", project.FullPath(stage.Folder),
            "--env", $"DVC_ROOT={project.Root}", "--env", $"DVC_STAGE={stage.Address}", "--entrypoint", "/bin/sh",
        ];
        // What it writes belongs to the user; the image knows no home for that user.
        if (ProcessUser.Ids is { } user)
            arguments.AddRange(["--user", user, "--env", "HOME=/tmp"]);
        foreach (string variable in surroundings.Variables.Keys)
            arguments.AddRange(["--env", variable]); // the value comes from docker's own environment, and is in no process list
        if (surroundings.Gpus.Count > 0)
            arguments.AddRange(["--gpus", $"\"device={string.Join(',', surroundings.Gpus)}\""]);
        else if (stage.Meta?.Find("gpus") is { } gpus)
            arguments.AddRange(["--gpus", PythonText.Text(gpus)]);
        // Objects that the work tree links to lie in the cache.
        if (!project.Cache.Root.StartsWith(project.Root + "/", StringComparison.Ordinal))
            arguments.AddRange(["--volume", $"{project.Cache.Root}:{project.Cache.Root}"]);
        arguments.AddRange([named, "-c", command]);
        return arguments;
    }

    private static async Task EndAsync(string name)
    {
        using Process kill = Process.Start(new ProcessStartInfo("docker", ["kill", name]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!; // only null when a process is reused
        await kill.WaitForExitAsync(CancellationToken.None);
    }
}
