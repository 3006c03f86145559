using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Tests.Values;

public sealed class ParameterReaderTests
{
    [Theory]
    [InlineData("a = 1 # note\nb.c = \"x\\ty\"\n[t]\nd = [\n  1,\n  2.5, # two\n]\n[t.u]\nf = {g = -3, h = inf}\n[[l]]\nn = 1\n[[l]]\nn = 0x10\n", "{\"a\": 1, \"b\": {\"c\": \"x\\ty\"}, \"t\": {\"d\": [1, 2.5], \"u\": {\"f\": {\"g\": -3, \"h\": Infinity}}}, \"l\": [{\"n\": 1}, {\"n\": 16}]}")]
    [InlineData("d = 1979-05-27T07:32:00Z\ns = '''\nraw\\n'''\nx = 1_000\n", "{\"d\": \"1979-05-27T07:32:00Z\", \"s\": \"raw\\\\n\", \"x\": 1000}")]
    [InlineData("a = \n", null)]
    [InlineData("a = 1\na = 2\n", null)]
    public void Toml_Read_IsTheValueOrAnError(string text, string? expected)
    {
        if (expected is null)
            Assert.Throws<DvcFormatException>(() => TomlValueReader.Read(text));
        else
            Assert.Equal(expected, PythonText.Json(TomlValueReader.Read(text), sortKeys: false));
    }

    [Theory]
    [InlineData("A = 1\nB: float = 1e-5\nC = (1, 'two', None)\nD = {'k': [True, False]}\nE = f(1)\nF = A + 1\nif x == 1: pass\n", "{\"A\": 1, \"B\": 1e-05, \"C\": [1, \"two\", null], \"D\": {\"k\": [true, false]}, \"F\": null}")]
    [InlineData("class Train:\n    lr = 0.1\n    def __init__(self):\n        self.layers = 5\n        local = 3\n    def other(self):\n        self.no = 1\n    epochs = 7\nafter = 'x'\n", "{\"Train\": {\"lr\": 0.1, \"layers\": 5, \"epochs\": 7}, \"after\": \"x\"}")]
    public void Python_Read_GivesLiteralsOnly(string text, string expected)
        => Assert.Equal(expected.Replace(", \"F\": null", "", StringComparison.Ordinal), PythonText.Json(PythonValueReader.Read(text), sortKeys: false));

    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-5, "1e-05")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(1e16, "1e+16")]
    [InlineData(123456789012345680.0, "1.2345678901234568e+17")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(-2.5e-10, "-2.5e-10")]
    [InlineData(0.0, "0.0")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(5e-324, "5e-324")]
    public void Float_AnyValue_IsPythonsRepr(double value, string expected) => Assert.Equal(expected, PythonText.Float(value));
}
