using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Setup;

namespace Heliotrope.Server.Tests.Shape;

public sealed class OperationsTests
{
    /// <summary>These are no operations of somebody's: migrations run before anybody is there, and of setup the token is all that is known.</summary>
    private static readonly Type[] OfNobody = [typeof(Migrations), typeof(CompleteSetup)];

    [Fact]
    public void Every_operation_is_told_who_does_it()
    {
        var runs = typeof(Endpoints).Assembly.GetTypes()
            .Where(type => !OfNobody.Contains(type))
            .SelectMany(type => type.GetMethods(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.DeclaredOnly))
            .Where(method => method.Name == "Run")
            .ToList();
        Assert.True(runs.Count > 12);
        Assert.All(runs, run => Assert.True(run.GetParameters() is [{ } first, ..] && first.ParameterType == typeof(Actor), $"{run.DeclaringType}"));
    }
}
