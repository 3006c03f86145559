using System.Text.Json;
using CmlNet.Containers.Docker;
using CmlNet.Containers.Docker.Wire;

namespace CmlNet.Containers.Tests;

public sealed class ContainerOptionsParserTests
{
    // The whole body that the engine gets, for flags as people write them.
    [Theory]
    [InlineData("", """{}""")]
    [InlineData("--gpus all", """{"HostConfig":{"DeviceRequests":[{"Driver":"","Count":-1,"Capabilities":[["gpu"]]}]}}""")]
    [InlineData("--gpus=2", """{"HostConfig":{"DeviceRequests":[{"Driver":"","Count":2,"Capabilities":[["gpu"]]}]}}""")]
    [InlineData("""--gpus '"device=0,GPU-fef8"'""", """{"HostConfig":{"DeviceRequests":[{"Driver":"","Count":0,"DeviceIDs":["0","GPU-fef8"],"Capabilities":[["gpu"]]}]}}""")]
    [InlineData("--shm-size=8g --memory 512m --memory-swap -1 -m1.5GiB", """{"HostConfig":{"Memory":1610612736,"MemorySwap":-1,"ShmSize":8589934592}}""")]
    [InlineData("--cpus 1.5 --cpuset-cpus 0-3 -c 512 --pids-limit 99", """{"HostConfig":{"NanoCpus":1500000000,"CpusetCpus":"0-3","CpuShares":512,"PidsLimit":99}}""")]
    [InlineData("--privileged --init --read-only=true --ipc=host --pid host --userns host --runtime nvidia", """{"HostConfig":{"Privileged":true,"Init":true,"ReadonlyRootfs":true,"IpcMode":"host","PidMode":"host","UsernsMode":"host","Runtime":"nvidia"}}""")]
    [InlineData("--privileged=false", """{}""")]
    [InlineData("--cap-add SYS_PTRACE --cap-add=SYS_NICE --cap-drop ALL --security-opt seccomp=unconfined --group-add video", """{"HostConfig":{"CapAdd":["SYS_PTRACE","SYS_NICE"],"CapDrop":["ALL"],"GroupAdd":["video"],"SecurityOpt":["seccomp=unconfined"]}}""")]
    [InlineData("--device /dev/fuse --device /dev/a:/dev/b:r --device /dev/c:rw", """{"HostConfig":{"Devices":[{"PathOnHost":"/dev/fuse","PathInContainer":"/dev/fuse","CgroupPermissions":"rwm"},{"PathOnHost":"/dev/a","PathInContainer":"/dev/b","CgroupPermissions":"r"},{"PathOnHost":"/dev/c","PathInContainer":"/dev/c","CgroupPermissions":"rw"}]}}""")]
    [InlineData("-u 1000:1000 -h box -w /src --stop-signal SIGINT", """{"Hostname":"box","User":"1000:1000","WorkingDir":"/src","StopSignal":"SIGINT"}""")]
    [InlineData("""-e A=1 --env "B=two words" -e C= -l x=y --label z""", """{"Env":["A=1","B=two words","C="],"Labels":{"x":"y","z":""}}""")]
    [InlineData("--add-host db:10.0.0.1 --dns 1.1.1.1 --dns-search corp", """{"HostConfig":{"ExtraHosts":["db:10.0.0.1"],"Dns":["1.1.1.1"],"DnsSearch":["corp"]}}""")]
    [InlineData("--tmpfs /run --tmpfs /tmp:rw,size=64m --sysctl net.core.somaxconn=1024", """{"HostConfig":{"Tmpfs":{"/run":"","/tmp":"rw,size=64m"},"Sysctls":{"net.core.somaxconn":"1024"}}}""")]
    [InlineData("--ulimit memlock=-1 --ulimit nofile=1024:2048", """{"HostConfig":{"Ulimits":[{"Name":"memlock","Soft":-1,"Hard":-1},{"Name":"nofile","Soft":1024,"Hard":2048}]}}""")]
    [InlineData("-v /data:/data:ro --volume cache:/root/.cache --mount type=bind,source=/a,target=/b,readonly --mount src=vol,dst=/c", """{"HostConfig":{"Binds":["/data:/data:ro","cache:/root/.cache","/a:/b:ro","vol:/c"]}}""")]
    [InlineData("-p 8080:80 -p 127.0.0.1:53:53/udp", """{"ExposedPorts":{"80/tcp":{},"53/udp":{}},"HostConfig":{"PortBindings":{"80/tcp":[{"HostPort":"8080"}],"53/udp":[{"HostIp":"127.0.0.1","HostPort":"53"}]}}}""")]
    [InlineData("""--health-cmd "pg_isready -U postgres" --health-interval 10s --health-timeout=1m30s --health-retries 5 --health-start-period 500ms""", """{"Healthcheck":{"Test":["CMD-SHELL","pg_isready -U postgres"],"Interval":10000000000,"Timeout":90000000000,"StartPeriod":500000000,"Retries":5}}""")]
    [InlineData("--no-healthcheck", """{"Healthcheck":{"Test":["NONE"]}}""")]
    public void Parse_Flags_GiveTheEnginesRequest(string text, string expected)
    {
        var spec = new ContainerSpec { Name = "n", Image = "i", Options = ContainerOptionsParser.Parse(text) };

        var request = JsonSerializer.Serialize(CreateRequestBuilder.Build(spec), DockerJson.Default.ContainerCreateRequest);

        var whole = System.Text.Json.Nodes.JsonNode.Parse(expected)!.AsObject();
        whole["Image"] = "i:latest";
        whole["Labels"] ??= new System.Text.Json.Nodes.JsonObject();
        whole["HostConfig"] ??= new System.Text.Json.Nodes.JsonObject();
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(whole, System.Text.Json.Nodes.JsonNode.Parse(request)), request);
    }

    [Theory]
    [InlineData("--network host", "container.options: --network cannot be used here: the job's network connects it with its services (GitHub refuses it too). Remove it.")]
    [InlineData("-it", "container.options: -it cannot be used here: the job's container always runs in the background without a terminal. Remove it.")]
    [InlineData("--memory", "container.options: --memory needs a value.")]
    [InlineData("--memory lots", "container.options: --memory 'lots': expected a size such as 512m or 8g.")]
    [InlineData("--memory 8x", "container.options: --memory '8x': expected a size such as 512m or 8g.")]
    [InlineData("--cpus -1", "container.options: --cpus '-1': expected a number of CPUs such as 1.5.")]
    [InlineData("--gpus none", "container.options: --gpus 'none': expected all, a number, or device=ID[,ID]….")]
    [InlineData("--health-interval 10", "container.options: --health-interval '10': expected a duration such as 10s or 1m30s.")]
    [InlineData("-v data", "container.options: --volume 'data': expected SOURCE:TARGET[:ro], with an absolute TARGET.")]
    [InlineData("--mount type=tmpfs,target=/x", "container.options: --mount 'type=tmpfs,target=/x': expected type=bind|volume,source=SOURCE,target=TARGET[,readonly].")]
    [InlineData("--ulimit nofile=many", "container.options: --ulimit 'nofile=many': expected a whole number.")]
    [InlineData("--env SECRET", "container.options: --env: expected NAME=VALUE.")]
    [InlineData("--privileged=maybe", "container.options: --privileged 'maybe': expected true or false.")]
    [InlineData("stray", "container.options: 'stray' is not a flag. Flags begin with - or --; quote a value that has spaces.")]
    [InlineData("-e 'A=1", "container.options cannot be split into words: a ' is not closed.")]
    public void Parse_Mistake_IsOneClearMessage(string text, string expected)
    {
        var exception = Assert.Throws<ContainerOptionsException>(() => ContainerOptionsParser.Parse(text));

        Assert.Equal(expected, exception.Message);
    }

    [Theory]
    [InlineData("--frobnicate 1", "--frobnicate")]
    [InlineData("-z", "-z")]
    public void Parse_UnknownFlag_IsNamedWithTheKnownOnes(string text, string flag)
    {
        var exception = Assert.Throws<ContainerOptionsException>(() => ContainerOptionsParser.Parse(text));

        Assert.StartsWith($"container.options: {flag} is not known. Known flags: --add-host, --cap-add, ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--volume (-v)", exception.Message, StringComparison.Ordinal);
    }
}
