using Heliotrope.Server.Channels;
using Heliotrope.Server.Coach;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Demo;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Help;
using Heliotrope.Server.Imports;
using Heliotrope.Server.Jump;
using Heliotrope.Server.Live;
using Heliotrope.Server.Organisations;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.OwnFields;
using Heliotrope.Server.People;
using Heliotrope.Server.Promises;
using Heliotrope.Server.Quarantine;
using Heliotrope.Server.Reading;
using Heliotrope.Server.Replay;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Setup;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Spam;
using Heliotrope.Server.Tags;
using Heliotrope.Server.Teams;

namespace Heliotrope.Server.Platform;

/// <summary>Every address that is answered, and who may use it.</summary>
internal static class Endpoints
{
    public static void Map(WebApplication app)
    {
        // For anybody.
        Health.Map(app);
        SetupEndpoints.Map(app);
        SignInEndpoints.Map(app);
        ConfidenceEndpoints.Map(app);
        ChangeLanguage.Map(app);
        SwitchOff.Map(app);

        // For people at the desk.
        var desk = app.MapGroup("").RequireAuthorization(Policies.Desk).AddEndpointFilter(LiveEndpoint.NoteMark).AddEndpointFilter(Pressing.Count).AddEndpointFilter(Unread.Count);
        DeskEndpoints.Map(desk);
        DraftEndpoints.Map(desk);
        CoachEndpoints.Map(desk);
        OutboxEndpoints.Map(desk);
        QuarantineEndpoints.Map(desk);
        HappinessEndpoints.Map(desk);
        TagsEndpoints.Map(desk);
        SpamEndpoints.Map(desk);
        TeamsEndpoints.Map(desk);
        ArticleEndpoints.Map(desk);
        PromiseEndpoints.Map(desk);
        ReadingEndpoints.Map(desk);
        LiveEndpoint.Map(desk);
        BePresent.MapPage(desk);
        FollowConversation.Map(desk);
        ListNotifications.Map(desk);
        ReadNotifications.Map(desk);
        ChooseNotifications.Map(desk);
        MePages.Map(desk);
        LookUp.Map(desk);
        var settings = app.MapGroup("/settings").RequireAuthorization(Policies.DeskAdmin).AddEndpointFilter(Pressing.Count).AddEndpointFilter(Unread.Count);
        SettingsEndpoints.Map(settings);
        SpamEndpoints.MapSettings(settings);
        TeamsEndpoints.MapSettings(settings);
        DemoEndpoints.Map(settings);
        ImportPages.Map(settings);
        CustomersEndpoints.Map(desk);
        OrganisationsEndpoints.Map(desk);
        FieldsEndpoints.Map(settings);

        // For programs with a key.
        var api = app.MapGroup("/api/v1").RequireAuthorization(Policies.Api).DisableAntiforgery();
        ListConversations.Map(api);
        GetConversation.Map(api);
        Reply.Map(api);
        StartConversation.Map(api);
        Note.Map(api);
        Assign.Map(api);
        Resolve.Map(api);
        Reopen.Map(api);
        Snooze.Map(api);
        ChangeTags.Map(api);
        ListTags.Map(api);
        MarkSpam.Map(api);
        ChangeBlockedSenders.Map(api);
        GiveToTeam.Map(api);
        SetDriver.Map(api);
        CorrectReading.Map(api);
        MakePromise.Map(api);
        KeepPromise.Map(api);
        RenegotiatePromise.Map(api);
        ListPromises.Map(api);
        ListTeams.Map(api);
        ChangeTeam.Map(api);
        ChangeDrivers.Map(api);
        GetAttachment.Map(api);
        GetCustomer.Map(api);
        ListOutbox.Map(api);
        SendAgain.Map(api);
        ListQuarantine.Map(api);
        HappinessReport.Map(api);
        WhoIsPresent.Map(api);
        BePresent.Map(api);
        ListArticles.Map(api);
        WriteArticle.Map(api);
        RemoveArticle.Map(api);
        ListUsers.Map(api);
        AddUser.Map(api);
        ListApiKeys.Map(api);
        AddApiKey.Map(api);
        ChangeAddresses.Map(api);
        ChangeSilence.Map(api);
        LoadDemo.Map(api);
        RemoveDemo.Map(api);
        ChangeUndo.Map(api);
        AddImport.Map(api);
        MapImport.Map(api);
        ListImports.Map(api);
        StartImport.Map(api);
        StopImport.Map(api);
        RemoveImport.Map(api);
        ListCustomers.Map(api);
        AddCustomer.Map(api);
        ChangeCustomer.Map(api);
        ChangeContacts.Map(api);
        RecordPurchase.Map(api);
        RecordEvents.Map(api);
        ListOrganisations.Map(api);
        ChangeOrganisation.Map(api);
        ChangeFields.Map(api);
        SetConversationFields.Map(api);
        ApiDocument.Map(app);

        // For the command line on the same machine.
        var local = app.MapGroup("/local").RequireAuthorization(Policies.Local).DisableAntiforgery().ExcludeFromDescription();
        local.MapPost("/users", async (AddUserBody body, AddUser add, HttpContext http) => (await add.Run(http.Actor(), body)).ToApi());
        local.MapPost("/api-keys", async (AddApiKeyBody body, AddApiKey add, HttpContext http) => (await add.Run(http.Actor(), body, http.RequestAborted)).ToApi());
        IntakeEndpoints.Map(api, local);
        ReplayEndpoints.Map(local);
        DemoEndpoints.MapLocal(local);
        ImportsLocal.MapLocal(local);
    }
}
