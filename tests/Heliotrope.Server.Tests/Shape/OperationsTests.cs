using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Setup;
using Microsoft.Extensions.DependencyInjection;

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

    [Fact]
    public void Every_operation_is_made_known_once()
    {
        var services = new ServiceCollection();
        services.AddOperations();
        Assert.True(services.Count > 40);
        Assert.Equal([], services.GroupBy(s => s.ServiceType).Where(g => g.Count() > 1).Select(g => g.Key));
    }
}
