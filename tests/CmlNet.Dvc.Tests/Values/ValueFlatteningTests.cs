using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Tests.Values;

public sealed class ValueFlatteningTests
{
    [Fact]
    public void Metrics_NestedMaps_JoinKeysAndDropListsAndNulls()
    {
        DvcValue root = JsonValueReader.Read("{\"a\":{\"b\":1,\"c\":{\"d\":\"x\",\"e\":{}}},\"l\":[1],\"n\":null,\"t\":true}");
        Assert.Equal(["a.b", "a.c.d", "t"], ValueFlattening.Metrics(root).Select(leaf => leaf.Key));
    }

    [Fact]
    public void Metrics_TwoPathsToOneKey_LastOneStands() =>
        Assert.Equal(2, Assert.Single(ValueFlattening.Metrics(JsonValueReader.Read("{\"a\":{\"b\":1},\"a.b\":2}"))).Value.Integer);

    [Fact]
    public void Metrics_Scalar_HasTheEmptyKey() => Assert.Equal("", Assert.Single(ValueFlattening.Metrics(DvcValue.Of(0.5))).Key);
}
