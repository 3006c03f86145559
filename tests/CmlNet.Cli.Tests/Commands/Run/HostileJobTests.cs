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
        CmlBinary.Require();
        await DockerFixture.RequireAsync(TestImages.Python3);
        string victim = Directory.CreateTempSubdirectory("cml-victim-").FullName;
        string kept = Path.Combine(victim, "keep");
        await File.WriteAllTextAsync(kept, Secret);
        UnixFileMode[] modes = [File.GetUnixFileMode(victim), File.GetUnixFileMode(kept)];
        using WorkTree tree = await WorkTree.CreateAsync(Workflow.Replace("TARGETS", targets, StringComparison.Ordinal).Replace("VICTIM", victim, StringComparison.Ordinal));
        try
        {
            CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "docker", "--image", $"ubuntu-latest={TestImages.Python3.Name}"]);

            Assert.True(result.ExitCode is 0 or 1, result.ToString());
            Assert.DoesNotContain(Secret, result.Out + result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("hash:host", result.Out + result.Error, StringComparison.Ordinal);
            Assert.Equal([kept], Directory.GetFileSystemEntries(victim));
            Assert.Equal(Secret, await File.ReadAllTextAsync(kept));
            Assert.Equal(modes, [File.GetUnixFileMode(victim), File.GetUnixFileMode(kept)]);
            // Of our own folder too, with artifacts and caches in it; what is a link there shows nothing by itself.
            var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
            foreach (string file in Directory.EnumerateFiles(Path.Combine(tree.Root, ".cml"), "*", everything))
                Assert.False((await File.ReadAllTextAsync(file)).Contains(Secret, StringComparison.Ordinal), $"{file} shows what is on the host");
            Assert.Empty(Directory.Exists(Path.Combine(tree.Root, ".cml", "tmp")) ? Directory.GetFileSystemEntries(Path.Combine(tree.Root, ".cml", "tmp")) : []);
        }
        finally
        {
            Directory.Delete(victim, recursive: true);
        }
    }
}
