using System.Diagnostics;
using System.Security.Cryptography;
using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Storage;

#pragma warning disable CA5351 // MD5 is how DVC names content.
namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>Commands that are killed as they work: what they leave is valid, and the same command again completes it.</summary>
public sealed class KilledCommandTests : IDisposable
{
    private const int Files = 300;
    private static readonly int[] Moments = [1, 40, 150, 290];
    private readonly DvcFolder _folder = new();

    private string Cache => _folder.PathOf(".dvc/cache");

    private string Store => _folder.Beside("store");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Add_KilledAtAnyMoment_LeavesAValidCacheAndTheFiles()
    {
        string before = Fill();
        foreach (int moment in Moments)
            await KillAsync(() => Objects(Cache).Count >= moment, () => Check(Cache), "add", "data");
        Assert.Equal(before, Digest());
        await DvcProcess.OkAsync(_folder, "add", "data");
        Assert.Equal(before, Digest());
        Assert.Contains("up to date", await DvcProcess.OkAsync(_folder, "status"), StringComparison.Ordinal);
        Assert.Equal(Files + 1, Objects(Cache).Count);
    }

    [Fact]
    public async Task Push_KilledAtAnyMoment_LeavesNoFolderWithoutItsFiles()
    {
        string before = Fill();
        await DvcProcess.OkAsync(_folder, "add", "data");
        await DvcProcess.OkAsync(_folder, "remote", "add", "-d", "store", Store);
        foreach (int moment in Moments)
            await KillAsync(() => Objects(Store).Count >= moment, () => Check(Store), "push", "-j", "2");
        await DvcProcess.OkAsync(_folder, "push");
        Check(Store);
        Forget();
        await DvcProcess.OkAsync(_folder, "pull");
        Assert.Equal(before, Digest());
    }

    [Fact]
    public async Task Pull_KilledAtAnyMoment_GoesOnFromThere()
    {
        string before = Fill();
        await DvcProcess.OkAsync(_folder, "add", "data");
        await DvcProcess.OkAsync(_folder, "remote", "add", "-d", "store", Store);
        await DvcProcess.OkAsync(_folder, "push");
        Forget();
        foreach (int moment in Moments)
            await KillAsync(() => Objects(Cache).Count >= moment, () => Check(Cache), "pull", "-j", "2");
        await KillAsync(() => _folder.Exists("data/sub 3"), () => Check(Cache), "pull");
        await DvcProcess.OkAsync(_folder, "pull");
        Assert.Equal(before, Digest());
        Assert.Contains("up to date", await DvcProcess.OkAsync(_folder, "status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repro_KilledInTheSecondStage_KeepsTheFirst()
    {
        _folder.Write("dvc.yaml", $"stages:\n  one:\n    cmd: echo 1 > one\n    outs: [one]\n  two:\n    cmd: cat one > two; echo began > {_folder.Beside("began")}; until [ -e {_folder.Beside("go")} ]; do :; done\n    deps: [one]\n    outs: [two]\n  three:\n    cmd: cat two > three\n    deps: [two]\n    outs: [three]\n");
        using (DvcProcess process = DvcProcess.Start(_folder, "repro"))
        {
            Assert.True(await process.UntilAsync(() => File.Exists(_folder.Beside("began")), "the second stage runs"), process.Output);
            process.Kill();
        }

        File.WriteAllText(_folder.Beside("go"), "");
        Assert.Contains("one:", _folder.Read("dvc.lock"), StringComparison.Ordinal);
        Assert.DoesNotContain("two:", _folder.Read("dvc.lock"), StringComparison.Ordinal);
        string again = await DvcProcess.OkAsync(_folder, "repro");
        Assert.Contains("Stage 'one' didn't change, skipping", again, StringComparison.Ordinal);
        Assert.Contains("Running stage 'two'", again, StringComparison.Ordinal);
        Assert.Equal("1\n", _folder.Read("three"));
        Assert.Contains("up to date", await DvcProcess.OkAsync(_folder, "status"), StringComparison.Ordinal);
        Check(Cache);
    }

    /// <summary>Killed ten times on its way through a chain of quick stages, whatever each is just doing.</summary>
    [Fact]
    public async Task Repro_KilledTenTimes_LeavesAValidLockAndCache()
    {
        const int Stages = 12;
        _folder.Write("raw", "r\n");
        _folder.Write("dvc.yaml", "stages:\n" + string.Concat(Enumerable.Range(0, Stages).Select(i => $"  s{i}:\n    cmd: cat {(i == 0 ? "raw" : $"o{i - 1}/f")} > t{i} && mkdir o{i} && cp t{i} o{i}/f && echo {i} >> o{i}/f && rm t{i}\n    deps: [{(i == 0 ? "raw" : $"o{i - 1}")}]\n    outs: [o{i}]\n")));
        for (int kill = 0; kill < 10; kill++)
        {
            // After so many lines of what it says: before a command, in it, while its output is recorded.
            int lines = 2 + kill;
            using (DvcProcess process = DvcProcess.Start(_folder, "repro", "-j", kill % 2 == 0 ? "1" : "2"))
            {
                if (await process.UntilAsync(() => process.Output.Count(c => c == '\n') >= lines, $"{lines} lines"))
                    process.Kill();
            }

            Check(Cache);
            await DvcProcess.OkAsync(_folder, "status");
        }

        await DvcProcess.OkAsync(_folder, "repro");
        Assert.Equal("r\n" + string.Concat(Enumerable.Range(0, Stages).Select(i => $"{i}\n")), _folder.Read($"o{Stages - 1}/f"));
        Assert.Contains("up to date", await DvcProcess.OkAsync(_folder, "status"), StringComparison.Ordinal);
        Check(Cache);
    }

    /// <summary>The second waits for the first to end its stage, and does not keep it from that.</summary>
    [Fact]
    public async Task Repro_TwoProcessesAtOnce_RunItOnce()
    {
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd: echo ran >> ../runs; mkdir ../begun && cat ../pipe > out || cp in out\n    deps: [in]\n    outs: [out]\n");
        _folder.Write("in", "1\n");
        using (Process made = Process.Start("mkfifo", _folder.Beside("pipe"))!) // only null when a process is reused
            await made.WaitForExitAsync();
        using var first = DvcProcess.Start(_folder, "repro");
        await first.UntilAsync(() => Directory.Exists(_folder.Beside("begun")), "the first to run its stage");
        using var second = DvcProcess.Start(_folder, "repro");
        await second.UntilAsync(() => second.Output.Contains("waits for process", StringComparison.Ordinal), "the second to meet the first");
        await File.WriteAllTextAsync(_folder.Beside("pipe"), "1\n");
        Assert.Equal((0, 0), (await first.EndAsync(), await second.EndAsync()));
        Assert.Equal("1\n", _folder.Read("out"));
        // The first did it meanwhile.
        Assert.Contains("Stage 's' didn't change, skipping", second.Output, StringComparison.Ordinal);
        Assert.Equal("ran\n", await File.ReadAllTextAsync(_folder.Beside("runs")));
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
    }

    [Fact]
    public async Task AddAndPush_TwoProcessesAtOnce_LoseNothing()
    {
        Fill();
        _folder.Write("other/x", "x");
        await DvcProcess.OkAsync(_folder, "remote", "add", "-d", "store", Store);
        foreach (string[] pair in (string[][])[["add", "data", "add", "other"], ["push", "data", "push", "other"]])
        {
            using DvcProcess one = DvcProcess.Start(_folder, pair[..2]), other = DvcProcess.Start(_folder, pair[2..]);
            Assert.True(await one.EndAsync() == 0, one.Output);
            Assert.True(await other.EndAsync() == 0, other.Output);
        }

        Assert.Equal(["/data", "/other"], _folder.Read(".gitignore").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        Check(Store);
        Assert.Equal(Files + 3, Objects(Store).Count);
    }

    // Ended by itself is good as well: the moment was over too soon.
    private async Task KillAsync(Func<bool> isNow, Action check, params string[] arguments)
    {
        using (DvcProcess process = DvcProcess.Start(_folder, arguments))
        {
            if (await process.UntilAsync(isNow, string.Join(' ', arguments)))
                process.Kill();
        }

        check();
    }

    private string Fill()
    {
        for (int i = 0; i < Files; i++)
            _folder.Write($"data/sub {i % 7}/{i}", $"content of {i} {new string('x', 50 * i)}");
        return Digest();
    }

    private string Digest() => string.Join('\n', Directory.EnumerateFiles(_folder.PathOf("data"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => $"{path} {Md5(path)}"));

    private void Forget()
    {
        Directory.Delete(Cache, recursive: true);
        Directory.Delete(_folder.PathOf("data"), recursive: true);
    }

    private static string Md5(string path) => Convert.ToHexStringLower(MD5.HashData(File.ReadAllBytes(path)));

    private static List<ObjectId> Objects(string root) => [.. new ObjectStore(root).Objects()];

    // Every object is what its name says, and every folder's files are there.
    private static void Check(string root)
    {
        foreach (ObjectId id in Objects(root))
        {
            string path = Path.Combine(root, id.RelativePath);
            Assert.Equal(id.Value.Replace(".dir", "", StringComparison.Ordinal), Md5(path));
            foreach ((string file, string hash) in id.IsDirectory ? DirectoryListing.Parse(File.ReadAllBytes(path), id.Value).Files : [])
                Assert.True(File.Exists(Path.Combine(root, ObjectId.Parse(hash, isLegacy: false).RelativePath)), $"{id.Value} is there without {file}");
        }
    }
}
