using System.Text;

namespace CmlNet.Containers.Tests.Docker.Spec;

public sealed class EngineSpecTests
{
    // The checker itself must be able to fail, or it proves nothing.
    [Theory]
    [InlineData("POST", "/containers/create", "name", """{"Image":"a","HostConfig":{"ShmSize":1,"DeviceRequests":[{"Driver":"","Count":-1,"Capabilities":[["gpu"]]}]}}""", null)]
    [InlineData("POST", "/containers/create", "nam", """{"Image":"a"}""", "query parameter nam is not in the description")]
    [InlineData("POST", "/containers/create", "name", """{"Image":"a","HostConfig":{"ShmSiz":1}}""", "$.HostConfig.ShmSiz is not in the description")]
    [InlineData("POST", "/containers/create", "name", """{"Image":"a","HostConfig":{"ShmSize":"1"}}""", "$.HostConfig.ShmSize should be integer")]
    [InlineData("POST", "/networks/create", "", """{"Driver":"bridge"}""", "$.Name is required")]
    [InlineData("GET", "/containers/create", "", null, "/containers/create has no GET")]
    [InlineData("GET", "/nowhere", "", null, "no such path: /nowhere")]
    [InlineData("GET", "/images/docker.io/library/a:1/json", "", null, null)]
    public void Check_Request_SaysWhatIsWrong(string method, string path, string query, string? body, string? problem)
    {
        var problems = EngineSpec.Instance.Check(method, path, query.Length == 0 ? [] : [query], body is null ? null : Encoding.UTF8.GetBytes(body), []);

        Assert.Equal(problem is null ? [] : [problem], problems);
    }
}
