using CmlNet.Dvc.Data;
using CmlNet.Dvc.Project;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Dvc.Tests.Data;

public sealed class RoundTripTests : IDisposable
{
    private static readonly string[] Names = ["a", "ä", "日本語", "файл", "שלום", "ไฟล์", "😀", "a b", "q'\"uote", "dot.", "-dash", "#hash", "back\\slash", "new\nline", "[x]*?", "e\u0301"];

    private readonly string _top = Directory.CreateTempSubdirectory("cml-round-").FullName;

    public void Dispose() => Directory.Delete(_top, recursive: true);

    /// <summary>Any tree, added, deleted and checked out, is the tree it was; twice the same hash.</summary>
    [Fact]
    public void Checkout_AnyTree_GivesItBack()
    {
        var path = Gen.Elements(Names).ListOf(3).Select(parts => string.Join('/', parts));
        var tree = path.Zip(ArbMap.Default.GeneratorFor<byte[]>(), (name, content) => (Name: name, Content: content)).ListOf();
        int number = 0;
        Prop.ForAll(tree.ToArbitrary(), files =>
        {
            DvcProject project = Project($"p{number++}", number % 3 == 0 ? "hardlink" : number % 3 == 1 ? "copy" : "symlink");
            string data = Path.Combine(project.Root, "data");
            Directory.CreateDirectory(data);
            foreach ((string name, byte[] content) in files)
            {
                string full = Path.Combine(data, name);
                Directory.CreateDirectory(Path.GetDirectoryName(full)!); // the path has a folder
                File.WriteAllBytes(full, content);
            }

            SortedDictionary<string, string> before = Content(data);
            new AddOperation(project).Add("data", stores: true, null, CancellationToken.None);
            Directory.Delete(data, recursive: true);
            var run = new CheckoutRun(DvcProject.Open(project.Root, project.Environment, project.Time), isForced: false, relinks: false, CancellationToken.None);
            run.Apply(ProjectIndex.Read(project).Select([]), removesUntracked: false);
            Assert.Equal(before, Content(data));
            var status = StageStatus.Read(ProjectIndex.Read(project).Stages[0], project, allowsMissing: false, CancellationToken.None);
            Assert.False(status.IsChanged);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    /// <summary>A hundred thousand files are the same again after they were deleted. They share two thousand contents, so that the time goes into files and not into objects.</summary>
    [Fact]
    public void Checkout_AHundredThousandFiles_GivesThemBack()
    {
        const int Folders = 100, Files = 1000;
        DvcProject project = Project("large", "copy");
        string data = Path.Combine(project.Root, "data");
        Parallel.For(0, Folders, folder =>
        {
            string path = Directory.CreateDirectory(Path.Combine(data, $"{folder:00}", "日本")).FullName;
            for (int file = 0; file < Files; file++)
                File.WriteAllText(Path.Combine(path, $"{file}"), $"{folder % 2} {file}");
        });
        new AddOperation(project).Add("data", stores: true, null, CancellationToken.None);
        Directory.Delete(data, recursive: true);
        DvcProject later = DvcProject.Open(project.Root, project.Environment, project.Time);
        new CheckoutRun(later, isForced: false, relinks: false, CancellationToken.None).Apply(ProjectIndex.Read(later).Select([]), removesUntracked: false);
        Assert.Equal(Folders * Files, Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Count());
        Parallel.For(0, Folders, folder =>
        {
            for (int file = 0; file < Files; file++)
                Assert.Equal($"{folder % 2} {file}", File.ReadAllText(Path.Combine(data, $"{folder:00}", "日本", $"{file}")));
        });
        Assert.False(StageStatus.Read(ProjectIndex.Read(later).Stages[0], later, allowsMissing: false, CancellationToken.None).IsChanged);
    }

    /// <summary>Two that add at the same time, each another file, both keep theirs.</summary>
    [Fact]
    public async Task Add_TwoAtOnce_LoseNothing()
    {
        DvcProject project = Project("two", "copy");
        for (int i = 0; i < 40; i++)
            File.WriteAllText(Path.Combine(project.Root, $"f{i}"), $"content {i}");
        await Task.WhenAll(Enumerable.Range(0, 2).Select(worker => Task.Run(async () =>
        {
            for (int i = worker; i < 40; i += 2)
            {
                // Each as a process of its own would: nothing is shared but the disk.
                DvcProject own = DvcProject.Open(project.Root, project.Environment, project.Time);
                using ProjectLock taken = await own.LockAsync(CancellationToken.None);
                new AddOperation(own).Add($"f{i}", stores: true, null, CancellationToken.None);
                own.SaveState();
            }
        })));
        ProjectIndex index = ProjectIndex.Read(project);
        Assert.Equal(40, index.Stages.Count);
        Assert.All(index.Outputs, item => Assert.True(project.Cache.ContainsAll(item.Output.Recorded!.Id!)));
    }

    private DvcProject Project(string name, string link)
    {
        string root = Path.Combine(_top, name);
        Directory.CreateDirectory(Path.Combine(root, ".dvc"));
        File.WriteAllText(Path.Combine(root, ".dvc", "config"), $"[core]\n    no_scm = true\n[cache]\n    type = {link}\n");
        return DvcProject.Open(root, new Dictionary<string, string> { ["HOME"] = _top }, TimeProvider.System);
    }

    private static SortedDictionary<string, string> Content(string folder)
    {
        var content = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Directory.Exists(folder))
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                content[Path.GetRelativePath(folder, file)] = Convert.ToHexString(File.ReadAllBytes(file));
        }

        return content;
    }
}
