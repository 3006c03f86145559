using CmlNet.Dvc.Experiments;

namespace CmlNet.Cli.Tests.Commands.Dvc;

public sealed class ExperimentOptionTests : IAsyncLifetime, IDisposable
{
    private readonly DvcFolder _folder = new();

    public async Task InitializeAsync()
    {
        _folder.Write("dvc.yaml", "stages:\n  prepare:\n    cmd: cp params.yaml prepared\n    params: [seed]\n    outs: [prepared]\n  train:\n    cmd: grep lr params.yaml > model; sed 's/lr/acc/' model > metrics.yaml\n    params: [lr]\n    deps: [prepared]\n    outs: [model]\n    metrics:\n    - metrics.yaml: {cache: false}\n  last:\n    cmd: cp model shown\n    deps: [model]\n    outs: [shown]\nparams: [other.yaml]\n");
        _folder.Write("params.yaml", "lr: 0.1\nseed: 1\n");
        _folder.Write("other.yaml", "unused: 3\n");
        await _folder.OkAsync("repro");
        _folder.Commit("baseline");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_MessageAndSelection_AreTaken()
    {
        string said = await _folder.OkAsync("exp", "run", "-n", "one", "-m", "lower the rate", "-S", "lr=0.5", "-S", "seed=2", "-s", "train");
        Assert.Contains("Running stage 'train'", said, StringComparison.Ordinal);
        Assert.DoesNotContain("prepare", said, StringComparison.Ordinal);
        Assert.DoesNotContain("'last'", said, StringComparison.Ordinal);
        Assert.Equal("lower the rate", Subject("one"));
        Assert.Contains("Running stage 'last'", await _folder.OkAsync("exp", "run", "--downstream", "train", "-S", "lr=0.6"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_MessageAndSelection_AreKeptUntilItRuns()
    {
        await _folder.OkAsync("exp", "run", "--queue", "-n", "later", "-m", "for later", "-S", "lr=0.5", "-s", "train");
        await _folder.OkAsync("queue", "start", "--wait");
        Assert.DoesNotContain("'last'", await _folder.OkAsync("queue", "logs", "--follow", "later"), StringComparison.Ordinal);
        Assert.Equal("for later", Subject("later"));
        Assert.Equal(254, await _folder.RunAsync("queue", "logs", "later", "-e", "latin1"));
    }

    /// <summary>Without it other parameters would be run with than DVC runs with.</summary>
    [Fact]
    public async Task Run_WhereHydraIsToCompose_IsRefused()
    {
        await _folder.OkAsync("config", "hydra.enabled", "true");
        Assert.Equal(255, await _folder.RunAsync("exp", "run", "-S", "lr=0.3"));
        Assert.Contains("hydra.enabled is set", _folder.Error, StringComparison.Ordinal);
        await _folder.OkAsync("config", "hydra.enabled", "--unset");
        await _folder.OkAsync("exp", "run", "--temp", "-S", "lr=0.3");
    }

    [Fact]
    public async Task AutoPush_WhereConfigured_SendsWhatWasMade()
    {
        _folder.Git("init", "-q", "--bare", _folder.Beside("origin.git"));
        _folder.Git("remote", "add", "origin", _folder.Beside("origin.git"));
        await _folder.OkAsync("remote", "add", "-d", "store", "../store");
        await _folder.OkAsync("exp", "run", "--temp", "-n", "kept", "-S", "lr=0.3");
        await _folder.OkAsync("config", "exp.auto_push", "true");
        Assert.Contains("Pushed experiment sent to Git remote 'origin'.\n", await _folder.OkAsync("exp", "run", "--temp", "-n", "sent", "-S", "lr=0.4"), StringComparison.Ordinal);
        await _folder.OkAsync("exp", "save", "-n", "saved");
        await _folder.OkAsync("exp", "run", "--queue", "-n", "queued", "-S", "lr=0.5");
        await _folder.OkAsync("queue", "start", "--wait");
        Assert.Equal("queued\nsaved\nsent\n", await _folder.OkAsync("exp", "list", "origin", "--name-only"));
        Assert.True(Directory.Exists(_folder.Beside("store/files/md5")));
        // It is there all the same when it cannot be sent.
        await _folder.OkAsync("config", "exp.git_remote", "elsewhere");
        await _folder.OkAsync("exp", "run", "--temp", "-n", "alone", "-S", "lr=0.6");
        Assert.Contains("WARNING: experiment 'alone' is kept here", _folder.Error, StringComparison.Ordinal);
        Assert.Contains("Try again with: dvc exp push elsewhere alone", _folder.Error, StringComparison.Ordinal);
        _folder.Environment["DVC_EXP_AUTO_PUSH"] = "false";
        await _folder.OkAsync("exp", "run", "--temp", "-n", "quiet", "-S", "lr=0.7");
        Assert.Equal("", _folder.Error);
    }

    [Fact]
    public async Task Save_ChangedData_IsInTheExperiment()
    {
        _folder.Write("model", "by hand");
        await _folder.OkAsync("exp", "save", "-n", "hand", "-m", "by hand");
        Assert.Equal("by hand", Subject("hand"));
        File.Delete(_folder.PathOf("model"));
        _folder.Git("checkout", "-q", "dvc.lock");
        await _folder.OkAsync("checkout", "-f");
        Assert.Equal("lr: 0.1\n", _folder.Read("model"));
        await _folder.OkAsync("exp", "apply", "hand");
        Assert.Equal("by hand", _folder.Read("model"));
    }

    [Fact]
    public async Task Show_Queue_IsThereWithItsState()
    {
        await _folder.OkAsync("exp", "run", "--queue", "-n", "waiting", "-S", "lr=0.5");
        await _folder.OkAsync("exp", "run", "--temp", "-n", "done", "-S", "lr=0.7");
        string table = await _folder.OkAsync("exp", "show", "--drop", "Created|unu", "--keep", "lr");
        Assert.Matches(@"Experiment +State +acc +lr +seed", table.Split('\n')[0]);
        Assert.Matches(@"\[waiting\] +Queued +- +0.5 +1", table);
        Assert.Matches(@"\[done\] +- +0.7 +0.7 +1", table);
        Assert.DoesNotContain("waiting", await _folder.OkAsync("exp", "show", "--hide-queued"), StringComparison.Ordinal);
        Assert.Contains("\"executor\": {\"state\": \"queued\"", await _folder.OkAsync("exp", "show", "--json"), StringComparison.Ordinal);
        Assert.Contains(",Queued,,", await _folder.OkAsync("exp", "show", "--csv"), StringComparison.Ordinal);
        Assert.DoesNotContain("[done]", await _folder.OkAsync("exp", "show", "--sha"), StringComparison.Ordinal);
        Assert.Contains("unused", await _folder.OkAsync("exp", "show"), StringComparison.Ordinal);
        Assert.DoesNotContain("unused", await _folder.OkAsync("exp", "show", "--param-deps"), StringComparison.Ordinal);
        Assert.Equal(254, await _folder.RunAsync("exp", "show", "--drop", "(("));
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd: exit 3\n");
        await _folder.OkAsync("exp", "run", "--queue", "-n", "broken");
        Assert.Equal(1, await _folder.RunAsync("queue", "start", "--wait"));
        Assert.Matches(@"\[broken\] .* Failed", await _folder.OkAsync("exp", "show"));
        Assert.DoesNotContain("broken", await _folder.OkAsync("exp", "show", "--hide-failed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_ParamDeps_LeavesTheOthersOut()
    {
        _folder.Write("other.yaml", "unused: 4\n");
        _folder.Write("params.yaml", "lr: 0.2\nseed: 1\n");
        Assert.Contains("unused", await _folder.OkAsync("exp", "diff"), StringComparison.Ordinal);
        string diff = await _folder.OkAsync("exp", "diff", "--param-deps");
        Assert.DoesNotContain("unused", diff, StringComparison.Ordinal);
        Assert.Contains("lr", diff, StringComparison.Ordinal);
    }

    [Fact]
    public async Task References_OfOtherCommitsAndRemotes_AreFound()
    {
        await _folder.OkAsync("exp", "save", "-n", "first");
        _folder.Write("note", "n");
        _folder.Commit("second");
        await _folder.OkAsync("exp", "save", "-n", "second");
        Assert.Equal("second\n", await _folder.OkAsync("exp", "list", "--name-only"));
        Assert.Equal(2, (await _folder.OkAsync("exp", "list", "--sha-only", "-n", "2")).TrimEnd('\n').Split('\n').Length);
        Assert.Equal("second\n", await _folder.OkAsync("exp", "list", "--name-only", "-a"));
        _folder.Git("init", "-q", "--bare", _folder.Beside("origin.git"));
        _folder.Git("remote", "add", "origin", _folder.Beside("origin.git"));
        await _folder.OkAsync("exp", "push", "origin", "-A");
        await _folder.OkAsync("exp", "rename", "-g", "origin", "first", "renamed");
        Assert.Equal(["renamed", "second"], (await _folder.OkAsync("exp", "list", "origin", "-A", "--name-only")).TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal));
        Assert.Equal("Removed experiments: second\n", await _folder.OkAsync("exp", "remove", "-g", "origin", "second"));
        Assert.Equal("renamed\n", await _folder.OkAsync("exp", "list", "origin", "-A", "--name-only"));
        Assert.Equal("second\n", await _folder.OkAsync("exp", "list", "--name-only"));
        Assert.Equal("Removed experiments: first\n", await _folder.OkAsync("exp", "remove", "--rev", "HEAD~1"));
    }

    [Fact]
    public async Task Remove_NothingIsNamed_IsAUsageError()
    {
        Assert.Equal(254, await _folder.RunAsync("exp", "remove"));
        Assert.Contains("nothing was named", _folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rename_ThatTheRemoteRefuses_LeavesTheOldNameThere()
    {
        await _folder.OkAsync("exp", "save", "-n", "first");
        _folder.Git("init", "-q", "--bare", _folder.Beside("origin.git"));
        _folder.Git("remote", "add", "origin", _folder.Beside("origin.git"));
        await _folder.OkAsync("exp", "push", "origin", "-A");
        // A reference cannot be where a folder of references is.
        string head = _folder.Git("rev-parse", "HEAD").Trim();
        _folder.Git("push", "-q", "origin", $"HEAD:refs/exps/{head[..2]}/{head[2..]}/taken/below");
        Assert.Equal(255, await _folder.RunAsync("exp", "rename", "-g", "origin", "first", "taken"));
        Assert.Equal("first\n", await _folder.OkAsync("exp", "list", "origin", "-A", "--name-only"));
    }

    /// <summary>Killed while git removed its folder: git still knows it.</summary>
    [Fact]
    public async Task Run_AfterOneKilledAtItsEnd_TakesAwayWhatGitKnowsOfIt()
    {
        string folder = _folder.PathOf(".dvc/tmp/exps/run-0");
        _folder.Git("worktree", "add", "-q", "--detach", folder);
        Directory.Delete(folder, recursive: true);
        await _folder.OkAsync("exp", "run", "--temp", "-S", "lr=0.9");
        Assert.Single(_folder.Git("worktree", "list").TrimEnd('\n').Split('\n'));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.PathOf(".dvc/tmp/exps")));
    }

    [Fact]
    public void Queue_OfAnEarlierVersion_IsReadOn()
    {
        var project = CmlNet.Dvc.Project.DvcProject.Open(_folder.Root, _folder.Environment, TimeProvider.System);
        Directory.CreateDirectory(ExperimentQueue.FolderOf(project));
        SQLitePCL.Batteries_V2.Init();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(ExperimentQueue.FolderOf(project), "queue.db")};Pooling=False"))
        {
            connection.Open();
            using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
            command.CommandText = "create table tasks (number integer primary key, id text not null unique, name text not null, baseline text not null, snapshot text not null, state text not null, targets text not null, error text not null default '', gpus text not null default '', created integer not null, started integer, ended integer, kill integer not null default 0); insert into tasks (id, name, baseline, snapshot, state, targets, created) values ('abc', 'old', 'b', 's', 'Queued', '[\"train\"]', 1); pragma user_version=1";
            command.ExecuteNonQuery();
        }

        using var queue = new ExperimentQueue(project);
        QueueEntry entry = Assert.Single(queue.Entries());
        Assert.Equal(("old", ""), (entry.Name, entry.Message));
        Assert.Equal(["train"], entry.Targets);
    }

    private string Subject(string name) => _folder.Git("log", "-1", "--format=%s", _folder.Git("for-each-ref", "--format=%(refname)", $"refs/exps/**/{name}").Trim()).Trim();
}
