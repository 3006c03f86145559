using CmlNet.Workflows.Actions.Tools;
using CmlNet.Workflows.Execution.Records;

namespace CmlNet.Workflows.Tests.Actions;

public sealed class SetupActionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-setup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task SetupPython_WithALinkInTheToolCache_MakesNothingOutsideTheJob()
    {
        using var run = new ActionRun(ActionRun.OneJob($"""
            - run: mkdir -p "{_folder}" && ln -s "{_folder}" "$RUNNER_TOOL_CACHE/Python" && rm -f "$(command -v python)"
            - uses: actions/setup-python@v5
            - run: test "$(command -v python | cut -d/ -f1-3)" = /__t/Python && python -V
            """));
        run.AssertSucceeded(await run.RunAsync("docker"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [SkippableFact]
    public async Task SetupPython_ThatTheImageSatisfies_GivesPythonUnderItsName()
    {
        using var run = new ActionRun(
            ActionRun.OneJob("""
                - uses: actions/setup-python@v5
                  id: py
                  with: { python-version: 3.x, cache: pip }
                - run: |
                    test "$(python -c 'import platform; print(platform.python_version())')" = "${{ steps.py.outputs.python-version }}"
                    test -x "${{ steps.py.outputs.python-path }}"
                    test -d "$pythonLocation"
                - uses: actions/checkout@v4
                - uses: actions/setup-python@v5
                  with: { python-version-file: pyproject.toml }
                """),
            ("pyproject.toml", "[project]\nname = 'x'\nrequires-python = \">=3.6\"\n"));
        run.AssertSucceeded(await run.RunAsync("docker"));
    }

    [SkippableFact]
    public async Task SetupPython_ThatTheImageLacks_SaysWhatThereIs()
    {
        using var run = new ActionRun(ActionRun.OneJob("- uses: actions/setup-python@v5\n  with: { python-version: '2.7' }"));
        RunRecord record = await run.RunAsync("docker");
        Assert.StartsWith("Python 2.7 is asked for, this job's image has Python 3.", Assert.Single(record.Jobs[0].Annotations).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task SetupPython_ThatOnlyAptHas_IsInstalledByIt()
    {
        // The job's own apt-get: what the real one does needs its mirror.
        using var run = new ActionRun(
            ActionRun.OneJob("""
                - uses: actions/checkout@v4
                - run: echo "$PWD/fake" >> "$GITHUB_PATH"; chmod +x fake/*
                - uses: actions/setup-python@v5
                  id: py
                  with: { python-version: '3.19' }
                - run: test "${{ steps.py.outputs.python-version }} $(python -V)" = "3.19.0 faked"
                """),
            ("fake/apt-cache", "#!/bin/sh\nexit 0\n"),
            ("fake/apt-get", """
                #!/bin/sh
                case "$*" in *python3.19-venv*) echo "no such package" >&2; exit 100;; esac
                [ "$1" = install ] || exit 1
                printf '#!/bin/sh\n[ "$1" = -V ] && echo faked || printf "3.19.0\n/usr/local/bin/python3.19\n/usr/local\n"\n' > /usr/local/bin/python3.19
                chmod +x /usr/local/bin/python3.19
                """));
        RunRecord record = await run.RunAsync("docker");
        run.AssertSucceeded(record);
        Assert.Contains("no such package", run.Log(record, "Run actions/setup-python@v5"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task SetupPython_ThatOnlyUvHas_IsFoundOrInstalledByIt()
    {
        // The job's own uv: the real one downloads.
        using var run = new ActionRun(
            ActionRun.OneJob("""
                - uses: actions/checkout@v4
                - run: echo "$PWD/fake" >> "$GITHUB_PATH"; chmod +x fake/*
                - uses: actions/setup-python@v5
                  id: py
                  with: { python-version: '3.18' }
                - run: test "${{ steps.py.outputs.python-version }} $(python -V)" = "3.18.2 of uv" && cat calls
                  name: calls
                - uses: actions/setup-python@v5
                  name: again
                  with: { python-version: '3.18' }
                """),
            ("fake/uv", """
                #!/bin/sh
                echo "uv $*" >> "$GITHUB_WORKSPACE/calls"
                case "$1 $2" in
                  "python install") echo "installing $3" >&2; touch "$GITHUB_WORKSPACE/installed";;
                  "python find") test -e "$GITHUB_WORKSPACE/installed" && echo "$GITHUB_WORKSPACE/fake/uv-python";;
                  *) exit 2;;
                esac
                """),
            ("fake/uv-python", "#!/bin/sh\n[ \"$1\" = -V ] && echo 'of uv' || printf \"3.18.2\\n$0\\n/opt/python\\n\"\n"));
        RunRecord record = await run.RunAsync("docker");
        run.AssertSucceeded(record);
        Assert.EndsWith("uv python find --no-project 3.18\nuv python install 3.18\nuv python find --no-project 3.18\n", run.Log(record, "calls"), StringComparison.Ordinal);
        Assert.Contains("installing 3.18", run.Log(record, "Run actions/setup-python@v5"), StringComparison.Ordinal);
        Assert.DoesNotContain("installing", run.Log(record, "again"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task SetupDvc_WithoutDvc_NamesTheAlternatives()
    {
        using var run = new ActionRun(ActionRun.OneJob("- uses: iterative/setup-dvc@v1"));
        RunRecord record = await run.RunAsync("docker");
        Assert.Contains("pip install dvc", Assert.Single(record.Jobs[0].Annotations).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.x", "3.11.2", true)]
    [InlineData("3", "3.11.2", true)]
    [InlineData("3.11", "3.11.2", true)]
    [InlineData("3.1", "3.11.2", false)]
    [InlineData("3.11.x", "3.11.2", true)]
    [InlineData("3.11.1", "3.11.2", false)]
    [InlineData(">=3.9", "3.11.2", true)]
    [InlineData(">= 3.9, < 3.11", "3.11.2", false)]
    [InlineData(">=3.9 <3.12", "3.11.2", true)]
    [InlineData("<=3.11", "3.11.2", true)]
    [InlineData(">3.11", "3.11.2", false)]
    [InlineData("~3.10", "3.11.2", false)]
    [InlineData("~3.11.1", "3.11.2", true)]
    [InlineData("~=3.9", "3.11.2", true)]
    [InlineData("^3.8", "3.11.2", true)]
    [InlineData("^3.12", "3.11.2", false)]
    [InlineData("3.9 - 3.11", "3.11.2", true)]
    [InlineData("3.8 || 3.11", "3.11.2", true)]
    [InlineData("x", "3.11.2", true)]
    public void VersionRange_OfTheForm_HoldsAVersion(string range, string version, bool holds) =>
        Assert.Equal(holds, VersionRange.Parse(range)!.Contains(version));

    [Theory]
    [InlineData("pypy3.10")]
    [InlineData("--help")]
    [InlineData("3.13t")]
    public void VersionRange_OfAnotherKind_IsNone(string range) => Assert.Null(VersionRange.Parse(range));

    [Theory]
    [InlineData(".python-version", "# pinned\n3.11.4\n", "3.11.4")]
    [InlineData(".tool-versions", "nodejs 20\npython 3.10.1 3.9\n", "3.10.1")]
    [InlineData("pyproject.toml", "[tool.poetry.dependencies]\npython = \"^3.9\"\n", "^3.9")]
    [InlineData("Pipfile", "[requires]\npython_version = \"3.12\"\n", "3.12")]
    public void PythonVersionFile_OfTheKind_IsRead(string name, string text, string version) =>
        Assert.Equal(version, PythonVersionFile.Find(name, text));
}
