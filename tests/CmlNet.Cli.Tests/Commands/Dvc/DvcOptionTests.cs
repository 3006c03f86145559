using System.CommandLine;

namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>Every option that DVC 3's commands have is one of ours, or is refused by its name.</summary>
public sealed class DvcOptionTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("init", "--no-scm -f --force --subdir")]
    [InlineData("config", "--global --system --project --local -u --unset --show-origin -l --list")]
    [InlineData("cache dir", "--global --system --project --local -u --unset")]
    [InlineData("remote add", "--global --system --project --local -d --default -f --force")]
    [InlineData("remote default", "--global --system --project --local -u --unset")]
    [InlineData("remote modify", "--global --system --project --local -u --unset")]
    [InlineData("remote list", "--global --system --project --local")]
    [InlineData("remote remove", "--global --system --project --local")]
    [InlineData("remote rename", "--global --system --project --local")]
    [InlineData("add", "--no-commit --glob -o --out --to-remote -r --remote --remote-jobs -f --force --no-relink")]
    [InlineData("remove", "--outs")]
    [InlineData("move", "")]
    [InlineData("commit", "-f --force -d --with-deps -R --recursive --data-only --relink --no-relink")]
    [InlineData("status", "-c --cloud -r --remote -a --all-branches -T --all-tags -A --all-commits -d --with-deps -R --recursive -j --jobs --json --show-json --no-updates")]
    [InlineData("data status", "--json --granular --unchanged --untracked-files --not-in-remote --no-remote-refresh")]
    [InlineData("diff", "--targets --json --show-hash --md --show-md --hide-missing")]
    [InlineData("checkout", "--summary -d --with-deps -R --recursive -f --force --relink --allow-missing")]
    [InlineData("fetch", "-r --remote -j --jobs -a --all-branches -T --all-tags -A --all-commits -d --with-deps -R --recursive --run-cache --max-size --type")]
    [InlineData("pull", "-r --remote -j --jobs -a --all-branches -T --all-tags -A --all-commits -d --with-deps -R --recursive --run-cache -f --force --glob --allow-missing")]
    [InlineData("push", "-r --remote -j --jobs -a --all-branches -T --all-tags -A --all-commits -d --with-deps -R --recursive --run-cache --glob")]
    [InlineData("gc", "-w --workspace -a --all-branches -T --all-tags -A --all-commits --all-experiments --date --rev -n --num -p --projects -c --cloud -r --remote -f --force -j --jobs --dry --not-in-remote --skip-failed")]
    [InlineData("list", "-R --recursive -T --tree -L --level --dvc-only --json --rev --config --remote --remote-config --size --show-hash")]
    [InlineData("get", "-o --out --rev --show-url -j --jobs -f --force --config --remote --remote-config")]
    [InlineData("import", "-o --out --rev -f --force --no-exec --no-download -j --jobs --config --remote --remote-config")]
    [InlineData("import-url", "-f --force --no-exec --no-download -j --jobs --to-remote -r --remote --remote-jobs")]
    [InlineData("update", "--rev -R --recursive --no-download -j --jobs --to-remote -r --remote --remote-jobs")]
    [InlineData("check-ignore", "-d --details -a --all -n --non-matching --stdin")]
    [InlineData("stage add", "-n --name -d --deps -p --params -o --outs -O --outs-no-cache -m --metrics -M --metrics-no-cache --outs-persist --outs-persist-no-cache --plots --plots-no-cache -w --wdir --always-changed --desc --run -f --force")]
    [InlineData("run", "-n --name -d --deps -p --params -o --outs -O --outs-no-cache -m --metrics -M --metrics-no-cache --plots --plots-no-cache -w --wdir --no-exec -f --force")]
    [InlineData("stage list", "--all --fail -R --recursive --name-only --names-only")]
    [InlineData("repro", "-f --force -i --interactive -s --single-item -p --pipeline -P --all-pipelines -R --recursive --downstream --force-downstream --pull --allow-missing --dry -k --keep-going --ignore-errors --glob --no-commit --no-run-cache")]
    [InlineData("dag", "--dot --mermaid --md --ascii -o --outs --full --collapse-foreach-matrix")]
    [InlineData("metrics show", "-a --all-branches -T --all-tags -A --all-commits --json --show-json --md --show-md --precision")]
    [InlineData("metrics diff", "--targets --all --precision --json --show-json --md --show-md --no-path")]
    [InlineData("params diff", "--targets --all --json --show-json --md --show-md --no-path")]
    [InlineData("plots show", "--no-header --open --html-template -t --template -x -y --title --x-label --y-label -o --out --show-vega --json")]
    [InlineData("plots diff", "-e --experiment --no-header --open --html-template --targets -t --template -x -y --title --x-label --y-label -o --out --show-vega --json")]
    [InlineData("plots modify", "-t --template -x -y --no-header --title --x-label --y-label --unset")]
    [InlineData("exp run", "-n --name -S --set-param --queue --run-all -j --jobs --temp -C --copy-paths -m --message -f --force -s -p -P -R --downstream --force-downstream --pull --allow-missing --dry -k --ignore-errors --glob --no-commit --no-run-cache")]
    [InlineData("exp save", "-f --force -n --name -I --include-untracked -m --message -R --recursive")]
    [InlineData("exp show", "-a -T -A -n --num --rev --no-pager --only-changed --drop --keep --param-deps --sort-by --sort-order --sha --json --csv --md --precision --hide-workspace --hide-queued --hide-failed -f --force")]
    [InlineData("exp diff", "--all --param-deps --json --md --no-path --precision")]
    [InlineData("exp list", "--rev -n --num -a -T -A --all-commits --name-only --sha-only")]
    [InlineData("exp push", "--rev -n --num -a -T -A -f --force --no-cache -r --remote -j --jobs --run-cache")]
    [InlineData("exp pull", "--rev -n --num -a -T -A -f --force --no-cache -r --remote -j --jobs --run-cache")]
    [InlineData("exp remove", "--rev -n --num -a -T -A --queue --keep -g --git-remote")]
    [InlineData("exp rename", "-f --force -g --git-remote")]
    [InlineData("queue start", "-j --jobs")]
    [InlineData("queue stop", "--kill")]
    [InlineData("queue logs", "-f --follow -e --encoding")]
    [InlineData("queue kill", "-f --force")]
    [InlineData("queue remove", "--all --queued --success --failed")]
    [InlineData("queue status", "")]
    public void Command_DvcsOptions_AreAllThere(string path, string options)
    {
        var host = new CliHost { Out = TextWriter.Null, Error = TextWriter.Null, In = TextReader.Null, Environment = _folder.Environment, WorkingDirectory = _folder.Root, Time = TimeProvider.System, IsTerminal = false };
        Command command = path.Split(' ').Aggregate((Command)CommandTree.Build(host).Subcommands.Single(c => c.Name == "dvc"), (at, name) => at.Subcommands.Single(c => c.Name == name));
        HashSet<string> known = [.. command.Options.SelectMany(option => option.Aliases.Append(option.Name))];
        // Every command of DVC's can be told to be quiet, or to tell more.
        Assert.Equal("", string.Join(' ', options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Concat(["-q", "--quiet", "-v", "--verbose"]).Except(known, StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("get", "--version-aware", "https://example.org/x", "y")]
    [InlineData("pull", "--everything")]
    [InlineData("metrics", "diff", "--deps-only")]
    [InlineData("exp", "run", "--machine", "m")]
    [InlineData("status", "-z")]
    public async Task Command_OptionItDoesNotHave_IsNamed(params string[] arguments)
    {
        Assert.Equal(254, await _folder.RunAsync(arguments));
        Assert.Contains($"unrecognized arguments: {arguments.First(argument => argument.StartsWith('-'))}", _folder.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--version-aware", "Leave it out")]
    [InlineData("--fs-config=endpointurl=x", "import remote://NAME/PATH")]
    public async Task ImportUrl_OptionThatIsNotSupported_SaysWhatToDoInstead(string option, string instead)
    {
        Assert.Equal(254, await _folder.RunAsync("import-url", option, "s3://bucket/x"));
        Assert.Contains(instead, _folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CommandWithOptionsOfItsOwn_KeepsThem()
    {
        await _folder.OkAsync("run", "--no-exec", "-q", "-n", "train", "-d", "code.py", "-o", "model", "python", "code.py", "-o", "other", "--lr=1", "-q");
        Assert.Contains("    cmd: python code.py -o other --lr=1 -q\n    deps:\n    - code.py\n    outs:\n    - model\n", _folder.Read("dvc.yaml"), StringComparison.Ordinal);
        await _folder.OkAsync("stage", "add", "-f", "-n", "train", "--", "-strange");
        Assert.Contains("cmd: -strange\n", _folder.Read("dvc.yaml"), StringComparison.Ordinal);
        await _folder.OkAsync("stage", "add", "-fn", "train", "echo", "-n", "hi");
        Assert.Contains("cmd: echo -n hi\n", _folder.Read("dvc.yaml"), StringComparison.Ordinal);
        await _folder.OkAsync("stage", "add", "-fntrain", "echo", "ho");
        Assert.Contains("cmd: echo ho\n", _folder.Read("dvc.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_AnyCommand_PrintsErrorsOnly()
    {
        _folder.Write("sub/dvc.yaml", "stages:\n  s:\n    cmd: 'true'\n");
        Assert.NotEqual("", await _folder.OkAsync("dag"));
        Assert.Equal("", await _folder.OkAsync("dag", "--quiet"));
        Assert.Equal("", await _folder.OkAsync("queue", "status", "-q"));
        Assert.Equal("", await _folder.OkAsync("remote", "list", "-q", "-v"));
        Assert.Equal(255, await _folder.RunAsync("freeze", "-q", "nothing"));
        Assert.NotEqual("", _folder.Error);
    }

    [Fact]
    public async Task Project_AskedWhereAndWhat_Answers()
    {
        Directory.CreateDirectory(_folder.PathOf("a/b"));
        Assert.Equal("../..\n", await _folder.OkAsync("--cd", "a/b", "root"));
        Assert.Equal(254, await _folder.RunAsync("--cd", "nowhere", "root"));
        Assert.StartsWith("cml ", await _folder.OkAsync("version"), StringComparison.Ordinal);
        Assert.Contains("Repo: dvc, git\n", await _folder.OkAsync("doctor"), StringComparison.Ordinal);
        Assert.Equal(_folder.PathOf(".dvc/cache") + "\n", await _folder.OkAsync("cache", "dir"));
        await _folder.OkAsync("cache", "dir", "--local", "a/store");
        Assert.Contains("dir = ../a/store\n", _folder.Read(".dvc/config.local"), StringComparison.Ordinal);
        Assert.Equal(_folder.PathOf("a/store") + "\n", await _folder.OkAsync("cache", "dir"));
        _folder.Write("f", "f");
        await _folder.OkAsync("add", "f");
        Assert.True(_folder.Exists("a/store/files/md5/8f/a14cdd754f91cc6554c9e71929cce7"));
        await _folder.OkAsync("cache", "dir", "--local", "--unset");
        Assert.Equal(_folder.PathOf(".dvc/cache") + "\n", await _folder.OkAsync("cache", "dir"));
    }

    [Fact]
    public async Task Repro_Interactive_AsksAndTakesNoForAnAnswer()
    {
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd: echo 1 > out\n    outs: [out]\n");
        Assert.Equal(255, await _folder.RunAsync("repro", "-i"));
        Assert.Contains("Going to reproduce stage 's'", _folder.Error, StringComparison.Ordinal);
        Assert.False(_folder.Exists("out"));
        _folder.In = "y\n";
        await _folder.OkAsync("repro", "-i");
        Assert.Equal("1\n", _folder.Read("out"));
    }
}
