"""The one door to the network, and who is asked through it for the newest versions of call apps.

Only `apps --online` comes here. `door` alone opens connections; what was answered is read in
`feeds`, compared in `versions`, and put together in `freshness`, without a network.
"""
