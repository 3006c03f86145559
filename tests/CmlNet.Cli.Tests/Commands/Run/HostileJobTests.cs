using System.Runtime.Versioning;
using CmlNet.Testing.Docker;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>A job that puts links to this machine's files where <c>cml run</c> reads and writes: nothing of the host is changed, removed or shown.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HostileJobTests
{
    private const string Secret = "host content 7c1f";

    private const string Workflow =
        """
        name: Hostile
        on: push
        jobs:
          swap:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              - name: swap
                run: |
                  cd /
                  for target in TARGETS; do
                    rm -rf "$target" 2>/dev/null || mv "$target" /tmp/moved || true
                    ln -sfn VICTIM "$target" || true
                    ln -sfn VICTIM/keep "$target/keep" 2>/dev/null || true
                  done
              - name: write
                if: always()
                run: |
                  echo "out=1" >> "$GITHUB_OUTPUT" || true
                  echo "ENVIRONMENT=1" >> "$GITHUB_ENV" || true
                  echo "# Summary" >> "$GITHUB_STEP_SUMMARY" || true
                  echo "::add-matcher::keep"
                  for target in TARGETS; do ln -sfn VICTIM/keep "$target" || true; done
              - uses: actions/checkout@v4
                if: always()
              - uses: actions/upload-artifact@v4
                if: always()
                with: { name: everything, path: . }
              - uses: actions/upload-artifact@v4
                if: always()
                with: { name: named, path: "keep\nwine/keep\n../keep\n~/keep\n/github/workflow/keep\n/__t/keep" }
              - name: hash
                if: always()
                run: |
                  cd /
                  x="${{ hashFiles('keep') }}${{ hashFiles('wine/keep') }}"; echo "hash:${x:+host}"
              - uses: docker://cmlnet-test/python3:1
                if: always()
                with: { entrypoint: /bin/sh, args: '-c "cat /github/workspace/keep /github/home/keep /github/workflow/keep /github/runner_temp/keep; echo planted > /github/workspace/planted; echo planted > /github/home/planted; echo planted > /github/workflow/planted"' }
              - uses: actions/cache/save@v4
                if: always()
                with: { path: ., key: everything }
              - uses: actions/download-artifact@v4
                if: always()
                with: { name: everything }
              - uses: actions/download-artifact@v4
                if: always()
                with: { name: everything, path: planted }
              - name: last
                if: always()
                run: cml publish keep --md || true
        """;

    [SkippableTheory]
    [InlineData("/__w")]
    [InlineData("/__w/wine")]
    [InlineData("$GITHUB_WORKSPACE")]
    [InlineData("$RUNNER_TEMP")]
    [InlineData("$RUNNER_TEMP/_runner_file_commands")]
    [InlineData("$RUNNER_TEMP/_scripts")]
    [InlineData("/github /github/home /github/workflow")]
    [InlineData("$HOME")]
    [InlineData("/github/workflow")]
    [InlineData("/__w/_actions")]
    [InlineData("/__t")]
    [InlineData("/__cml/host")]
    [InlineData("$GITHUB_OUTPUT $GITHUB_ENV $GITHUB_PATH $GITHUB_STEP_SUMMARY $GITHUB_STATE")]
    [InlineData("$GITHUB_WORKSPACE/keep $GITHUB_WORKSPACE/.git /github/home/.gitconfig")]
    public async Task Run_JobSwapsADirectoryForALink_HostFilesAreNeitherChangedNorShown(string targets)
    {
        using var victim = new Victim();
        UnixFileMode[] modes = [File.GetUnixFileMode(victim.Folder), File.GetUnixFileMode(victim.Kept)];
        using WorkTree tree = await StartAsync(Workflow.Replace("TARGETS", targets, StringComparison.Ordinal), victim);

        CmlResult result = await CmlProcess.RunAsync(tree.Root, Arguments);

        Assert.True(result.ExitCode is 0 or 1, result.ToString());
        Assert.DoesNotContain(Secret, result.Out + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hash:host", result.Out + result.Error, StringComparison.Ordinal);
        Assert.Equal([victim.Kept], Directory.GetFileSystemEntries(victim.Folder));
        Assert.Equal(Secret, await File.ReadAllTextAsync(victim.Kept));
        Assert.Equal(modes, [File.GetUnixFileMode(victim.Folder), File.GetUnixFileMode(victim.Kept)]);
        // Of our own folder too, with artifacts and caches in it; what is a link there shows nothing by itself.
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (string file in Directory.EnumerateFiles(Path.Combine(tree.Root, ".cml"), "*", everything))
            Assert.False((await File.ReadAllTextAsync(file)).Contains(Secret, StringComparison.Ordinal), $"{file} shows what is on the host");
        Assert.Empty(Directory.Exists(Path.Combine(tree.Root, ".cml", "tmp")) ? Directory.GetFileSystemEntries(Path.Combine(tree.Root, ".cml", "tmp")) : []);
    }

    private const string Links =
        """
        name: Links
        on: push
        jobs:
          look:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              - uses: actions/cache/restore@v4
                with: { path: data, key: any, restore-keys: host }
              - run: for node in /__e/*/node; do head -c 40 "$node"; done
              - uses: actions/setup-python@v5
                with: { python-version-file: away/keep }
        """;

    [SkippableFact]
    public async Task Run_RepositoryHoldsLinks_HostFilesAreNotShown()
    {
        using var victim = new Victim();
        using WorkTree tree = await StartAsync(Links, victim);
        tree.Write("node_modules/node/bin/other", "");
        File.CreateSymbolicLink(Path.Combine(tree.Root, "node_modules", "node", "bin", "node"), victim.Kept);
        Directory.CreateSymbolicLink(Path.Combine(tree.Root, "away"), victim.Folder);
        tree.Write(".cml/tmp/other/x", "");
        File.CreateSymbolicLink(Path.Combine(tree.Root, ".cml", "tmp", "other", "owner"), "/dev/zero");

        CmlResult result = await CmlProcess.RunAsync(tree.Root, Arguments);

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("goes over the link 'away'", result.Out + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Out + result.Error, StringComparison.Ordinal);
    }

    /// <summary>What is left running swaps a folder for a link and back all the time.</summary>
    private const string Swapping =
        """
        name: Swapping
        on: push
        jobs:
          swap:
            runs-on: ubuntu-latest
            steps:
              - run: |
                  mkdir d && echo mine > d/keep && truncate -s 40M a
                  setsid sh -c 'while :; do mv d e; ln -s VICTIM d; rm d; mv e d; done' >/dev/null 2>&1 &
              - uses: actions/upload-artifact@v4
                continue-on-error: true
                with: { name: one, path: "a\nd" }
              - uses: actions/upload-artifact@v4
                continue-on-error: true
                with: { name: two, path: "a\nd" }
              - uses: actions/download-artifact@v4
                continue-on-error: true
                with: { name: one, path: d }
              - uses: actions/checkout@v4
                continue-on-error: true
                with: { path: d }
              - run: echo still running
        """;

    [SkippableFact]
    public async Task Run_ProcessSwapsAFolderMeanwhile_HostFilesAreNeitherChangedNorShown()
    {
        using var victim = new Victim();
        using WorkTree tree = await StartAsync(Swapping, victim);

        CmlResult result = await CmlProcess.RunAsync(tree.Root, Arguments);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("still running", result.Out, StringComparison.Ordinal);
        Assert.Equal([victim.Kept], Directory.GetFileSystemEntries(victim.Folder));
        Assert.Equal(Secret, await File.ReadAllTextAsync(victim.Kept));
        foreach (string file in Directory.EnumerateFiles(tree.LatestRun, "keep", SearchOption.AllDirectories))
            Assert.Equal("mine\n", await File.ReadAllTextAsync(file));
    }

    private static string[] Arguments => ["run", "--engine", "docker", "--image", $"ubuntu-latest={TestImages.Python3.Name}"];

    private static async Task<WorkTree> StartAsync(string workflow, Victim victim)
    {
        CmlBinary.Require();
        await DockerFixture.RequireAsync(TestImages.Python3);
        return await WorkTree.CreateAsync(workflow.Replace("VICTIM", victim.Folder, StringComparison.Ordinal));
    }

    /// <summary>A folder of this machine with one file that no job may see.</summary>
    private sealed class Victim : IDisposable
    {
        public Victim() => File.WriteAllText(Kept, Secret);

        public string Folder { get; } = Directory.CreateTempSubdirectory("cml-victim-").FullName;

        public string Kept => Path.Combine(Folder, "keep");

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
