using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Tests.Experiments;

public sealed class ParamOverridesTests : IDisposable
{
    private const string Yaml = """
        # head
        model:   # of the model
          lr: 0.1 # rate
          name: "quoted # name"
          layers: [1, 2,  3]
          opts: {a: 1, b: "x"}

        seeds:
        - 1
        - 2
        base: &base
          depth: 3
          width: 4
        big:
          <<: *base
          depth: 5
        text: |
          one
          two
        empty:
        last: 0o17


        # tail

        """;

    private readonly string _root = Directory.CreateTempSubdirectory("cml-params-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("model.lr=1e-3", "lr: 0.1 #", "lr: 0.001 #")]
    [InlineData("model.name=plain", "\"quoted # name\"", "plain")]
    [InlineData("model.name=a: b", "\"quoted # name\"", "'a: b'")]
    [InlineData("model.layers=[4, {x: y}]", "[1, 2,  3]", "[4, {x: y}]")]
    [InlineData("model.opts.a=7", "{a: 1, b", "{a: 7, b")]
    [InlineData("model.opts={}", "{a: 1, b: \"x\"}", "{}")]
    [InlineData("+model.opts.c=7", "b: \"x\"}", "b: \"x\", c: 7}")]
    [InlineData("base.width=8", "width: 4", "width: 8")]
    [InlineData("++big.width=8", "depth: 5\n", "depth: 5\n  width: 8\n")]
    [InlineData("empty=full", "empty:\n", "empty: full\n")]
    [InlineData("empty=", "empty:\n", "empty: ''\n")]
    [InlineData("last=true", "0o17", "true")]
    [InlineData("+model.new.deep=1", "b: \"x\"}\n", "b: \"x\"}\n  new:\n    deep: 1\n")]
    [InlineData("+fresh=1", "last: 0o17\n", "last: 0o17\nfresh: 1\n")]
    [InlineData("~model.lr", "  lr: 0.1 # rate\n", "")]
    [InlineData("~text", "text: |\n  one\n  two\n", "")]
    public void Apply_Yaml_ChangesOnlyThat(string change, string old, string now)
    {
        string before = Yaml.ReplaceLineEndings("\n");
        Assert.Contains(old, before, StringComparison.Ordinal);
        Assert.Equal(before.Replace(old, now, StringComparison.Ordinal), After("params.yaml", before, change));
    }

    [Theory]
    [InlineData("p.json:a.b=2", "{\n\t\"a\": {\"b\": 1},\n\t\"k\": [1,2]\n}", "{\n\t\"a\": {\"b\": 2},\n\t\"k\": [1,2]\n}")]
    [InlineData("p.json:a.b=x", "{\"a\":{\"b\":1},  \"k\":[1,2]}", "{\"a\":{\"b\":\"x\"},  \"k\":[1,2]}")]
    [InlineData("p.json:+c=3", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n")]
    [InlineData("p.json:~a", "{\"a\": 1, \"b\": [1, {}]}", "{\n    \"b\": [\n        1,\n        {}\n    ]\n}\n")]
    [InlineData("p.toml:s.v=8", "# c\nt = \"a\"\n[s]\nv = 1 # why\nw = [1,\n 2]\n", "# c\nt = \"a\"\n[s]\nv = 8 # why\nw = [1,\n 2]\n")]
    [InlineData("p.toml:s.w=[3, x]", "[s]\nw = [1,\n 2] # two\n", "[s]\nw = [3, \"x\"] # two\n")]
    [InlineData("p.toml:+s.n=0.5", "t = 1\n[s]\nv = 1\n[z]\na = 1\n", "t = 1\n[s]\nv = 1\nn = 0.5\n[z]\na = 1\n")]
    [InlineData("p.toml:~s.v", "[s]\nv = 1\nw = 2\n", "[s]\nw = 2\n")]
    [InlineData("p.toml:s.v=null", "[s]\nv = 1\n", null)]
    [InlineData("p.py:K=3", "import os\nK = 1  # comment\nclass C:\n    d = \"x\"\n", "import os\nK = 3  # comment\nclass C:\n    d = \"x\"\n")]
    [InlineData("p.py:C.d=it's", "K = 1\nclass C:\n    d = \"x\"\n", "K = 1\nclass C:\n    d = \"it's\"\n")]
    [InlineData("p.py:+N=3", "K = 1\n", null)]
    public void Apply_OtherFormats_ChangesOnlyThat(string change, string before, string? after)
    {
        string file = change.TrimStart('+').Split(':')[0];
        if (after is null)
            Assert.Throws<DvcException>(() => After(file, before, change));
        else
            Assert.Equal(after, After(file, before, change));
    }

    [Fact]
    public void Apply_OneOfTwoFilesCannotBeChanged_LeavesBoth()
    {
        File.WriteAllText(Path.Combine(_root, "params.yaml"), "a: 1\n");
        File.WriteAllText(Path.Combine(_root, "p.py"), "K = 1\n");
        Assert.Throws<DvcException>(() => ParamOverrides.Parse(["a=2", "p.py:nope=2"])[0].Apply(_root));
        Assert.Equal("a: 1\n", File.ReadAllText(Path.Combine(_root, "params.yaml")));
    }

    private string After(string file, string before, string change)
    {
        string path = Path.Combine(_root, file);
        File.WriteAllText(path, before);
        ParamOverrides.Parse([change])[0].Apply(_root);
        return File.ReadAllText(path);
    }
}
