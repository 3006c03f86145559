using CmlNet.Containers.Process;

namespace CmlNet.Containers.Tests;

public sealed class ContainerServicesTests
{
    [Fact]
    public void Resolve_EveryName_GivesTheEngineThatHasIt()
    {
        Assert.Equal(["docker", "process"], ContainerServices.Names);
        Assert.All(ContainerServices.Names, name => Assert.Equal(name, ContainerServices.Resolve(name, new EngineContext()).Name));
    }

    [Fact]
    public void Resolve_UnknownName_ListsTheKnownOnes()
    {
        var exception = Assert.Throws<EngineException>(() => ContainerServices.Resolve("podmen", new EngineContext()));

        Assert.Equal("There is no container engine named 'podmen'. Known engines: docker, process.", exception.Message);
    }

    [Fact]
    public void Index_NameTwice_FailsLoudly()
    {
        var registration = new EngineRegistration("same", context => new ProcessEngine(context));

        var exception = Assert.Throws<InvalidOperationException>(() => ContainerServices.Index([registration, registration]));

        Assert.Equal("Two container engines are registered as 'same'. Registered: same, same.", exception.Message);
    }
}
