namespace Heliotrope.Server.Customers;

/// <summary>The pages of customers, and their forms.</summary>
internal static class CustomersEndpoints
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/customers", (string? q, string? sort, string? after, ProfilePages show, HttpContext http) => show.List(http, new(q, null, sort == "new", null, after)));
        desk.MapGet("/customers/new", (ProfilePages show, HttpContext http) => show.New(http, null));
        desk.MapPost("/customers", async (ProfilePages show, HttpContext http) => await show.Add(http, await http.Request.ReadFormAsync(http.RequestAborted)));
        desk.MapGet("/customers/{id:long}", (long id, ProfilePages show, HttpContext http) => show.Show(http, id, null));
        desk.MapPost("/customers/{id:long}", async (long id, ProfilePages show, HttpContext http) => await show.Change(http, id, await http.Request.ReadFormAsync(http.RequestAborted)));
    }
}
