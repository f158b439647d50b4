using System.Reflection;
using Xunit.Sdk;

namespace Heliotrope.Server.Tests.Infrastructure;

public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>Runs the body on both engines. Values given here follow the engine.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EveryDatabaseAttribute(params object?[] values) : DataAttribute
{
    public object?[] Values => values;

    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => Enum.GetValues<Engine>().Select(engine => (object?[])[engine, .. values]);
}
