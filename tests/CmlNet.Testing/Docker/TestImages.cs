namespace CmlNet.Testing.Docker;

/// <summary>Images the tests run in, built from the machine's package mirror when the engine lacks them.</summary>
public static class TestImages
{
    /// <summary>Debian or Ubuntu with nothing but <c>python3</c>; about 30 s to build.</summary>
    public static TestImage Python3 { get; } = new("cmlnet-test/python3:1", "python3");

    /// <summary>Stands in for CML's image: scikit-learn, matplotlib, pip, git; about 90 s and 1.6 GB to build.</summary>
    public static TestImage CmlPy3 { get; } = new(
        "dvcorg/cml-py3:latest",
        "python3-sklearn,python3-matplotlib,python3-pip,python3-setuptools,python-is-python3,git,ca-certificates");
}
