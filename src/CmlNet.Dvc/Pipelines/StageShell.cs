using System.ComponentModel;
using System.Diagnostics;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Pipelines;

/// <summary>Runs a stage's commands as DVC does: each line of a text, or each item of a list, is a shell call of its own, and the first that fails ends it.</summary>
/// <param name="surroundings">What they get besides; null for nothing.</param>
public sealed class StageShell(StageSurroundings? surroundings = null) : IStageRunner
{
    private readonly StageSurroundings _surroundings = surroundings ?? new StageSurroundings();

    /// <inheritdoc/>
    public async Task<int> RunAsync(Stage stage, DvcProject project, Action<string> announce, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(announce);
        string folder = project.FullPath(stage.Folder);
        if (!Directory.Exists(folder))
            throw new DvcException($"stage '{stage.Address}': working folder '{stage.Folder}' does not exist");
        string shell = project.Environment.GetValueOrDefault("SHELL") is { Length: > 0 } named ? named : "/bin/sh";
        foreach (string command in Commands(stage))
        {
            announce(command);
            var start = new ProcessStartInfo(shell, [.. WithoutStartFiles(shell), "-c", command]) { WorkingDirectory = folder };
            start.Environment["DVC_ROOT"] = project.Root;
            start.Environment["DVC_STAGE"] = stage.Address;
            if (_surroundings.Gpus.Count > 0)
                start.Environment["CUDA_VISIBLE_DEVICES"] = string.Join(',', _surroundings.Gpus);
            try
            {
                if (await StageProcess.RunAsync(start, _surroundings, null, cancellationToken) is var code and not 0)
                    return code;
            }
            catch (Win32Exception e)
            {
                throw new DvcException($"stage '{stage.Address}': the shell '{shell}' cannot be started: {e.Message}. Set SHELL to one that is there.", innerException: e);
            }
        }

        return 0;
    }

    private static string[] WithoutStartFiles(string shell) => Path.GetFileName(shell) switch
    {
        "bash" => ["--noprofile", "--norc"],
        "zsh" => ["--no-rcs"],
        _ => [],
    };

    /// <summary>The shell calls of a stage.</summary>
    public static IEnumerable<string> Commands(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return stage.Command switch
        {
            null => [],
            { Kind: DvcValueKind.List } list => list.Items.Select(item => item.Text),
            var text => text.Text.Split('\n').Where(line => line.Trim().Length > 0),
        };
    }
}
