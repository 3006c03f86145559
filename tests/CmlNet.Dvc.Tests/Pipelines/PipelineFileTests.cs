using System.Text;
using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Tests.Pipelines;

public sealed class PipelineFileTests
{
    [Theory]
    [InlineData("stages:\n  a:\n    cmd: run ${lr} ${model.name} ${list[1]} ${list.0} \\${x} ${flag}\n", "a|run 0.1 net 2 1 ${x} true")]
    [InlineData("vars:\n- {v: 7}\n- more.json:deep\nstages:\n  a:\n    cmd: run ${v} ${deep.x}\n", "a|run 7 d")]
    [InlineData("stages:\n  a:\n    vars:\n    - {local: here}\n    cmd: run ${local}\n", "a|run here")]
    [InlineData("stages:\n  b:\n    foreach: [x, 1, true]\n    do:\n      cmd: run ${item}\n", "b@x|run x;b@1|run 1;b@true|run true")]
    [InlineData("stages:\n  b:\n    foreach: [{n: 1}, {n: 2}]\n    do:\n      cmd: run ${item.n}\n", "b@0|run 1;b@1|run 2")]
    [InlineData("stages:\n  b:\n    foreach: {k1: {n: 1}, k2: {n: 2}}\n    do:\n      cmd: run ${key} ${item.n}\n", "b@k1|run k1 1;b@k2|run k2 2")]
    [InlineData("stages:\n  b:\n    foreach: ${list}\n    do:\n      cmd: run ${item}\n", "b@1|run 1;b@2|run 2")]
    [InlineData("stages:\n  m:\n    matrix:\n      x: [1, 2]\n      y: [a, {z: 3}]\n    cmd: run ${item.x} ${key}\n", "m@1-a|run 1 1-a;m@1-y1|run 1 1-y1;m@2-a|run 2 2-a;m@2-y1|run 2 2-y1")]
    [InlineData("stages:\n  a:\n    cmd: run ${opts}\n", "a|run --n 1 --flag --name 'a b' --l 1 2 --in.x 1e-05")]
    [InlineData("stages:\n  a:\n    cmd:\n    - one ${lr}\n    - two\n", "a|one 0.1 && two")]
    public void Read_Templates_AreFilledIn(string text, string expected)
        => Assert.Equal(expected, string.Join(';', Read(text).Select(stage => $"{stage.Name}|{string.Join(" && ", StageShell.Commands(stage))}")));

    [Theory]
    [InlineData("stages:\n  a:\n    cmd: ${nothing}\n", "could not find 'nothing'")]
    [InlineData("stages:\n  a:\n    cmd: x ${list}\n", "is a list")]
    [InlineData("vars:\n- {lr: 2}\nstages: {}\n", "cannot redefine 'lr'")]
    [InlineData("stages:\n  a.b:\n    cmd: x\n", "letters, digits")]
    [InlineData("stages:\n  a:\n    cmd: x\n    other: 1\n", "unknown key 'other'")]
    [InlineData("stages:\n  a:\n    deps: [x]\n", "cmd is missing")]
    [InlineData("stages:\n  a:\n    cmd: x\n    outs:\n    - o: {cach: false}\n", "unknown option 'cach'")]
    [InlineData("nothing: 1\n", "unknown key 'nothing'")]
    [InlineData("stages:\n  a: [\n", "dvc.yaml:3:1")]
    [InlineData("stages:\n  a:\n    foreach: 1\n    do: {cmd: x}\n", "expected a list or a map")]
    public void Read_Invalid_SaysWhatAndWhere(string text, string message)
        => Assert.Contains(message, Assert.Throws<DvcException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_EveryForm_IsUnderstood()
    {
        Stage stage = Assert.Single(Read("stages:\n  a:\n    cmd: x\n    wdir: sub\n    deps: [d, ../e, 's3://b/k']\n    params:\n    - lr\n    - other.toml: [k]\n    - whole.json:\n    outs:\n    - o: {cache: false, persist: true, push: false, remote: r, desc: text}\n    metrics:\n    - m.json: {cache: false}\n    plots:\n    - p.csv: {x: a, template: simple}\n    frozen: true\n    always_changed: true\n    desc: what\n    meta: {image: i}\n"));
        Assert.Equal(["sub/d", "e", "s3://b/k"], stage.Dependencies.Select(dependency => dependency.Path));
        Assert.Equal(["sub/params.yaml:lr", "sub/other.toml:k", "sub/whole.json:"], stage.Params.Select(parameter => $"{parameter.Path}:{string.Join(',', parameter.Keys)}"));
        Assert.Equal(["sub/o", "sub/m.json", "sub/p.csv"], stage.Outputs.Select(output => output.Path));
        Output first = stage.Outputs[0];
        Assert.Equal((false, true, false, "r"), (first.IsCached, first.IsPersistent, first.IsPushed, first.Remote));
        Assert.Equal((true, true, "what", "i"), (stage.IsFrozen, stage.IsAlwaysChanged, stage.Description, stage.Meta?.Find("image")?.Text));
    }

    [Theory]
    [InlineData("schema: '2.0'\nstages:\n  a:\n    cmd: x\n    deps:\n    - path: d\n      hash: md5\n      md5: 12345678901234567890123456789012\n    params:\n      params.yaml:\n        lr: 0.1\n    outs:\n    - path: o\n      hash: md5\n      md5: 00000000000000000000000000000e01\n", false)]
    [InlineData("a:\n  cmd: x\n  deps:\n  - path: d\n    md5: 12345678901234567890123456789012\n  params:\n    params.yaml:\n      lr: 0.1\n  outs:\n  - path: o\n    md5: 00000000000000000000000000000e01\n", true)]
    public void Read_LockFile_IsTakenOver(string locked, bool isLegacy)
    {
        Stage stage = Assert.Single(Read("stages:\n  a:\n    cmd: x\n    deps: [d]\n    params: [lr]\n    outs: [o]\n", locked));
        Assert.Equal(("12345678901234567890123456789012", "00000000000000000000000000000e01"), (stage.Dependencies[0].Recorded?.Id?.Value, stage.Outputs[0].Recorded?.Id?.Value));
        Assert.Equal(isLegacy, stage.Outputs[0].Recorded?.Id?.IsLegacy);
        Assert.Equal(0.1, Assert.Single(stage.Params[0].Recorded!).Value.Number);
    }

    /// <summary>Keys and values of DVC's own tests of its run cache.</summary>
    [Theory]
    [InlineData(true, "4b495dc2b14e1ca5bd5f2765a99ddd8785523a8342efe6bcadac012c2db01165", "78c427104a8e20216031c36d9c7620733066fff33ada254ad3fca551c1f8152b")]
    [InlineData(false, "c7a85d71de1912c43d9c5b6218c71630d6277e8fc11e4ccf5e12b3c202234838", "5e2824029f8da9ef6c57131a638ceb65f27c02f16c85d71e85671c27daed0501")]
    public void KeyOf_DvcsOwnTest_IsTheSame(bool isLegacy, string key, string value)
    {
        byte[] script = "open(\"out\", \"w+\").write(\"out\"); "u8.ToArray();
        var stage = new Stage
        {
            File = "dvc.yaml", Name = "write-out", Folder = "", Command = DvcValue.Of("python script.py"),
            Dependencies = [new Dependency { Path = "script.py", Text = "script.py", Recorded = Record(script, isLegacy) }, new Dependency { Path = "dep", Text = "dep", Recorded = Record("dep"u8.ToArray(), isLegacy) }],
            Outputs = [new Output { Path = "out", Text = "out", Recorded = Record("out"u8.ToArray(), isLegacy) }],
        };
        Assert.Equal((key, value), (RunCache.KeyOf(stage), RunCache.ValueOf(LockEntry.Of(stage))));
    }

    private static FileRecord Record(byte[] content, bool isLegacy) => new() { Id = CmlNet.Dvc.Storage.ObjectId.Parse(CmlNet.Dvc.Hashing.FileHash.Compute(content), isLegacy), Size = content.Length };

    private static IReadOnlyList<Stage> Read(string text, string? locked = null)
    {
        var files = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["params.yaml"] = "lr: 0.1\nmodel: {name: net}\nlist: [1, 2]\nflag: true\nopts: {n: 1, flag: true, off: false, name: a b, l: [1, 2], in: {x: 1e-05}}\n",
            ["more.json"] = "{\"deep\": {\"x\": \"d\"}, \"unused\": 1}",
            ["dvc.lock"] = locked,
        };
        var config = DvcConfig.Read("/nowhere", new Dictionary<string, string> { ["HOME"] = "/nowhere", ["DVC_SYSTEM_CONFIG_DIR"] = "/nowhere" });
        return PipelineFile.Read("dvc.yaml", Encoding.UTF8.GetBytes(text), config, path => files.GetValueOrDefault(path) is { } content ? Encoding.UTF8.GetBytes(content) : null);
    }
}
