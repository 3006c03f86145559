using CmlNet.Reports.Configuration;
using CmlNet.Reports.Contracts;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Tests.Contracts;

public sealed class ContractReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ContractReaderTests() => _folder.Write("train.csv", "age,color,score\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{18 + i % 50},{(i % 2 == 0 ? "red" : "blue")},{i / 100.0:0.00}\n")));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("age,color,score\n20,red,0.5\n30,blue,0.25\n", "")]
    [InlineData("age,score\n20,0.5\n", "color: the column is there: absent")]
    [InlineData("age,color,score\n20.5,red,0.5\n", "age: type integer: number")]
    [InlineData("age,color,score\nold,red,0.5\n", "age: type integer: text")]
    [InlineData("age,color,score\n20,red,0.5\n,blue,0.5\n", "age: missing ≤ 5 %: 50 %")]
    [InlineData("age,color,score\n200,red,0.5\n", "age: 18 to 67, but for 1 %: 200 to 200; 1 of 1 values are outside")]
    [InlineData("age,color,score\n20,green,0.5\n30,red,0.5\n", "color: one of blue, red: green (1 rows)")]
    public void Read_LearnedContract_NamesWhatChanged(string data, string expected)
    {
        _folder.Write("live.csv", data);
        Assert.Equal(expected, string.Join('\n', Result([], true).Violations.Select(violation => $"{violation.Column}: {violation.Rule}: {violation.Found}")));
    }

    [Fact]
    public void Read_DeclaredRules_WinOverLearnedOnes()
    {
        _folder.Write("live.csv", "age,color,extra\n200,green,1\n");
        ConfigNode options = ConfigParser.Parse("c", "columns:\n  - {name: age, max: 250}\n  - {name: color, values: [green]}\n  - {name: score, optional: true}\n")!;
        ContractResult result = Result(ContractRules.Declared(options), true);
        Assert.Empty(result.Violations);
        Assert.Equal(["extra"], result.Unknown);
    }

    [Fact]
    public void Read_NoRulesAtAll_SaysWhatToGive()
    {
        _folder.Write("live.csv", "a\n1\n");
        Assert.Contains("give a reference to learn it from, or columns with rules", Assert.Throws<ArtifactException>(() => Result([], false)).Message, StringComparison.Ordinal);
    }

    private ContractResult Result(IReadOnlyList<ColumnRule> rules, bool learns)
    {
        var reference = new ArtifactFile { FullPath = Path.Combine(_folder.Path, "train.csv"), Path = "train.csv", IsNamed = true };
        var file = new ArtifactFile
        {
            FullPath = Path.Combine(_folder.Path, "live.csv"), Path = "live.csv", IsNamed = true, Rules = rules,
            Companions = learns ? new Dictionary<string, ArtifactFile>(StringComparer.Ordinal) { ["reference"] = reference } : [],
        };
        return ((ContractArtifact)new ContractReader().Read(file, CancellationToken.None)).Result;
    }
}
