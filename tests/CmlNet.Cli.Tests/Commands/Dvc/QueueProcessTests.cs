using System.Runtime.Versioning;

namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>The queue with workers that are processes of their own.</summary>
public sealed class QueueProcessTests : IAsyncLifetime, IDisposable
{
    private readonly DvcFolder _folder = new();

    public async Task InitializeAsync()
    {
        // It waits for a file beside the project, so that a test says when it goes on.
        _folder.Write("dvc.yaml", $"stages:\n  train:\n    cmd:\n    - echo began $DVC_STAGE; echo $$ > {_folder.Beside("began")}; until [ -e {_folder.Beside("go")} ]; do read -t 0.05 x <> {_folder.Beside("pipe")} || :; done\n    - grep lr params.yaml > metrics.yaml\n    params: [lr]\n    metrics:\n    - metrics.yaml: {{cache: false}}\n");
        _folder.Write("params.yaml", "lr: 0.1\n");
        _folder.Environment["SHELL"] = "/bin/bash";
        await DvcProcess.OkAsync(_folder, "init", "--force", "-q");
        _folder.Commit("baseline");
        using var pipe = System.Diagnostics.Process.Start("mkfifo", [_folder.Beside("pipe")]);
        await pipe.WaitForExitAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        Go();
        _folder.Dispose();
    }

    [Fact]
    public async Task Start_KilledWhileOneRuns_ItWaitsAgainAndNothingIsLeft()
    {
        await DvcProcess.OkAsync(_folder, "exp", "run", "--queue", "-n", "again", "-S", "lr=0.4");
        using (DvcProcess worker = DvcProcess.Start(_folder, "queue", "start", "--wait"))
        {
            Assert.True(await worker.UntilAsync(HasBegun, "the experiment began"), worker.Output);
            Assert.Contains("Running", await DvcProcess.OkAsync(_folder, "queue", "status"), StringComparison.Ordinal);
            worker.Kill();
        }

        Assert.Contains("Queued", await DvcProcess.OkAsync(_folder, "queue", "status"), StringComparison.Ordinal);
        Go();
        await DvcProcess.OkAsync(_folder, "queue", "start", "--wait");
        Assert.Equal("again\n\n\n", await DvcProcess.OkAsync(_folder, "exp", "list", "--name-only"));
        Assert.Contains("Success", await DvcProcess.OkAsync(_folder, "queue", "status"), StringComparison.Ordinal);
        Assert.Equal("", _folder.Git("for-each-ref", "refs/cml"));
        Assert.Equal(["cml-queue"], Directory.GetFileSystemEntries(_folder.PathOf(".dvc/tmp/exps")).Select(path => Path.GetFileName(path)));
        Assert.Single(_folder.Git("worktree", "list").TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Kill_OneThatRuns_EndsItsCommandsAndCountsAsFailed()
    {
        await DvcProcess.OkAsync(_folder, "exp", "run", "--queue", "-n", "long", "-S", "lr=0.4");
        using DvcProcess worker = DvcProcess.Start(_folder, "queue", "start", "--wait");
        Assert.True(await worker.UntilAsync(HasBegun, "the experiment began"), worker.Output);
        string shell = File.ReadAllText(_folder.Beside("began")).Trim();
        Assert.Contains("long will be killed", await DvcProcess.OkAsync(_folder, "queue", "kill", "long"), StringComparison.Ordinal);
        Assert.Equal(1, await worker.EndAsync());
        Assert.False(Directory.Exists($"/proc/{shell}"), "the command's shell is still there");
        string log = await DvcProcess.OkAsync(_folder, "queue", "logs", "long");
        Assert.Contains("began train", log, StringComparison.Ordinal);
        Assert.Contains("ERROR: it was killed", log, StringComparison.Ordinal);
        Assert.Equal(255, await _folder.RunAsync("queue", "kill", "long"));
        Assert.Contains("it is failed", _folder.Error, StringComparison.Ordinal);
    }

    /// <summary>Two GPUs, four workers in two processes: at no time has one GPU two experiments.</summary>
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Start_TwoGpusForFourWorkers_NoneHasTwoAtOnce()
    {
        string bin = _folder.Beside("bin"), taken = _folder.Beside("taken");
        Directory.CreateDirectory(bin);
        Directory.CreateDirectory(taken);
        File.WriteAllText(Path.Combine(bin, "nvidia-smi"), "#!/bin/sh\n" + string.Concat(Enumerable.Range(0, 3).Select(i => $"echo '{i}, GPU-{i}, 40960, 0, 0, 50, Disabled, {(i == 1 ? 7 : 0)}, Simulated'\n")));
        File.SetUnixFileMode(Path.Combine(bin, "nvidia-smi"), (UnixFileMode)0b111_101_101);
        _folder.Environment["PATH"] = $"{bin}:{_folder.Environment["PATH"]}";
        _folder.Write("dvc.yaml", $"stages:\n  train:\n    cmd: mkdir {taken}/$CUDA_VISIBLE_DEVICES || touch {taken}/twice; grep lr params.yaml > metrics.yaml; echo \"gpu $CUDA_VISIBLE_DEVICES\" >> metrics.yaml; rmdir {taken}/$CUDA_VISIBLE_DEVICES; echo $CUDA_VISIBLE_DEVICES >> {_folder.Beside("used")}\n    params: [lr]\n    outs: [metrics.yaml]\n");
        await DvcProcess.OkAsync(_folder, "exp", "run", "--queue", "-n", "g", "-S", "lr=range(8)");
        using (DvcProcess one = DvcProcess.Start(_folder, "queue", "start", "--wait", "-j", "2", "--gpus", "1"), other = DvcProcess.Start(_folder, "queue", "start", "--wait", "-j", "2", "--gpus", "1"))
        {
            Assert.True(await one.EndAsync() == 0, one.Output);
            Assert.True(await other.EndAsync() == 0, other.Output);
        }

        Assert.Equal(8, (await DvcProcess.OkAsync(_folder, "queue", "status")).Split("Success").Length - 1);
        Assert.False(File.Exists(Path.Combine(taken, "twice")));
        // GPU-1 has memory errors, and is given to nobody.
        Assert.Equal(["GPU-0", "GPU-2"], File.ReadAllLines(_folder.Beside("used")).Distinct().Order());
        using DvcProcess greedy = DvcProcess.Start(_folder, "queue", "start", "--wait", "--gpus", "3");
        Assert.Equal(255, await greedy.EndAsync());
        Assert.Contains("this machine has 2 GPUs that are well", greedy.Output, StringComparison.Ordinal);
    }

    private bool HasBegun() => File.Exists(_folder.Beside("began")) && new FileInfo(_folder.Beside("began")).Length > 0;

    private void Go() => File.WriteAllText(_folder.Beside("go"), "");
}
